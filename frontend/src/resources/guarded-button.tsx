import { Button, Tooltip } from "@patternfly/react-core";
import type { ComponentProps } from "react";
import type { AccessNeed } from "./access.ts";
import { useAccess } from "./access.ts";

/** A button that is disabled, and says why, when the person lacks a right that it needs. */
export function GuardedButton({
  needs,
  ...button
}: ComponentProps<typeof Button> & { needs: readonly AccessNeed[] }) {
  const { allowed, reason } = useAccess(needs);
  if (allowed !== false) return <Button {...button} />;
  // aria-disabled instead of disabled: it keeps the focus, so that the reason can be read with the keyboard too.
  return (
    <Tooltip content={reason}>
      <Button {...button} isAriaDisabled aria-description={reason} />
    </Tooltip>
  );
}
