import { Button, DropdownItem, Tooltip } from "@patternfly/react-core";
import type { ComponentProps } from "react";
import type { AccessNeed } from "./access.ts";
import { useAccess } from "./access.ts";
import { MissingRight } from "./missing-right.tsx";
import { useWriteBlock } from "./write-block.ts";

/** A button that is disabled, and says why and who could help, when the person lacks a right that it needs. */
export function GuardedButton({
  needs,
  ...button
}: ComponentProps<typeof Button> & { needs: readonly AccessNeed[] }) {
  const { allowed, reason, missing } = useAccess(needs);
  const blocked = useWriteBlock(needs);
  if (blocked !== undefined)
    return (
      <Tooltip content={blocked}>
        <Button {...button} isAriaDisabled aria-description={blocked} />
      </Tooltip>
    );
  if (allowed !== false || !missing) return <Button {...button} />;
  // aria-disabled instead of disabled: it keeps the focus, so that the reason can be read with the keyboard too.
  return (
    <Tooltip content={<MissingRight need={missing} reason={reason} />}>
      <Button {...button} isAriaDisabled aria-description={reason} />
    </Tooltip>
  );
}

/** The same for an entry of a dropdown menu. */
export function GuardedMenuItem({
  needs,
  ...item
}: ComponentProps<typeof DropdownItem> & { needs: readonly AccessNeed[] }) {
  const { allowed, reason, missing } = useAccess(needs);
  const blocked = useWriteBlock(needs);
  if (blocked !== undefined)
    return (
      <DropdownItem {...item} isAriaDisabled aria-description={blocked} tooltipProps={{ content: blocked }} />
    );
  if (allowed !== false || !missing) return <DropdownItem {...item} />;
  return (
    <DropdownItem
      {...item}
      isAriaDisabled
      aria-description={reason}
      tooltipProps={{ content: <MissingRight need={missing} reason={reason} /> }}
    />
  );
}
