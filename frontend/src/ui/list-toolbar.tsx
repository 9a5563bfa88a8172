import { SearchInput, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { Freshness } from "./freshness-badge.tsx";
import { FreshnessBadge } from "./freshness-badge.tsx";

/** Above every list: the filter, how many are shown, how fresh they are, and what can be done. */
export function ListToolbar(props: {
  what: string;
  filter: string;
  onFilter: (filter: string) => void;
  shown: number;
  total: number;
  freshness: Freshness;
  children?: ReactNode;
}) {
  const count = props.shown === props.total ? `${props.total}` : `${props.shown} of ${props.total}`;
  return (
    <Toolbar inset={{ default: "insetNone" }}>
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <SearchInput
            aria-label={`Filter ${props.what}`}
            placeholder="Filter by name, label, text"
            value={props.filter}
            onChange={(_event, value) => props.onFilter(value)}
            onClear={() => props.onFilter("")}
          />
        </ToolbarItem>
        <ToolbarItem>
          <span aria-live="polite">{count}</span>
        </ToolbarItem>
        <ToolbarItem>
          <FreshnessBadge freshness={props.freshness} />
        </ToolbarItem>
        {props.children ? (
          <ToolbarGroup align={{ default: "alignEnd" }}>
            <ToolbarItem>{props.children}</ToolbarItem>
          </ToolbarGroup>
        ) : null}
      </ToolbarContent>
    </Toolbar>
  );
}
