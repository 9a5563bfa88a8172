import { Button } from "@patternfly/react-core";
import { OutlinedStarIcon, StarIcon } from "@patternfly/react-icons";
import type { KindType } from "./kinds.ts";
import { kindKey } from "./kinds.ts";
import { togglePin, usePins } from "./pins.ts";

/** Keeps a kind at the top of the navigation. */
export function PinButton({ type, label }: { type: Pick<KindType, "group" | "plural">; label: string }) {
  const isPinned = usePins().includes(kindKey(type));
  return (
    <Button
      variant="plain"
      size="sm"
      className="kyma-pin"
      icon={isPinned ? <StarIcon /> : <OutlinedStarIcon />}
      aria-pressed={isPinned}
      aria-label={`Pin ${label} to the navigation`}
      title={isPinned ? "Pinned to the navigation" : "Pin to the navigation"}
      onClick={() => togglePin(kindKey(type))}
    />
  );
}
