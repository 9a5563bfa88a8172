import { Button, Label, LabelGroup } from "@patternfly/react-core";
import { filterChips, withoutFilters } from "./list-search.ts";
import type { List } from "./use-list.ts";

/** What the list is filtered by; each can be taken away, or all at once. */
export function FilterChips({ list }: { list: List }) {
  const chips = filterChips(list.search);
  if (chips.length === 0 && list.search.view === undefined) return null;
  return (
    <div className="kyma-chips">
      {list.search.view === undefined ? null : (
        <Label
          isCompact
          color="blue"
          onClose={() => list.change({})}
          closeBtnAriaLabel="Leave the saved view"
        >
          View: {list.search.view}
        </Label>
      )}
      {chips.length === 0 ? null : (
        <LabelGroup categoryName="Filtered by" numLabels={6}>
          {chips.map(({ key, label, text }) => (
            <Label
              key={key}
              isCompact
              textMaxWidth="20rem"
              onClose={() => list.change({ [key]: undefined })}
              closeBtnAriaLabel={`Remove the filter ${label}`}
            >
              {label}: {text}
            </Label>
          ))}
        </LabelGroup>
      )}
      {chips.length === 0 ? null : (
        <Button variant="link" isInline onClick={() => list.show(withoutFilters(list.search))}>
          Clear all
        </Button>
      )}
    </div>
  );
}
