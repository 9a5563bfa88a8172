import {
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiResourcesQuery, type ApiResource } from "#api/objects.ts";
import { apiVersionOf } from "./templates.ts";

const mostShown = 100;

/** Chooses a kind to begin with, of all that can be created. */
export function TemplateMenu({ onChoose }: { onChoose: (kind: ApiResource) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [filter, setFilter] = useState("");
  const kinds = useQuery({ ...apiResourcesQuery, enabled: isOpen }).data ?? [];
  const words = filter.trim().toLowerCase();
  const matches = kinds
    .filter(({ verbs }) => verbs.includes("create") && verbs.includes("get"))
    .filter((kind) =>
      `${kind.kind} ${kind.plural}.${kind.group} ${kind.shortNames.join(" ")}`.toLowerCase().includes(words),
    )
    .toSorted((a, b) => a.kind.localeCompare(b.kind))
    .slice(0, mostShown);
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      isScrollable
      onSelect={() => setOpen(false)}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Start from a template
        </MenuToggle>
      )}
    >
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput
            aria-label="Filter kinds"
            placeholder="Kind"
            value={filter}
            onChange={(_event, value) => setFilter(value)}
            onClear={() => setFilter("")}
          />
        </MenuSearchInput>
      </MenuSearch>
      <DropdownList>
        {matches.map((kind) => (
          <DropdownItem
            key={`${kind.plural}.${kind.group}`}
            description={apiVersionOf(kind)}
            onClick={() => onChoose(kind)}
          >
            {kind.kind}
          </DropdownItem>
        ))}
        {matches.length === 0 ? <DropdownItem isDisabled>No kind matches</DropdownItem> : null}
      </DropdownList>
    </Dropdown>
  );
}
