import { Button } from "@patternfly/react-core";

/** How many lines a card shows at first. */
export const shortList = 8;

/** Shows the rest of a card's list. */
export function ShowMore({ all, shown, onMore }: { all: number; shown: number; onMore: () => void }) {
  if (shown >= all) return null;
  return (
    <Button variant="link" onClick={onMore}>
      Show {all - shown} more
    </Button>
  );
}
