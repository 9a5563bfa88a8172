import { Button } from "@patternfly/react-core";
import { ArrowLeftIcon } from "@patternfly/react-icons";
import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useState } from "react";
import type { SearchHit } from "#api/search.ts";
import { objectPath } from "#resources/kinds.ts";
import { useObjectExtensions } from "#resources/object-extensions.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { viewQuery } from "./object-view.ts";
import type { PaletteItem } from "./palette-items.ts";
import { PaletteList } from "./palette-list.tsx";

/** What can be done with one object: open it or one of its tabs, or start a command. */
export function ObjectChoices(props: {
  hit: SearchHit;
  open: PaletteItem;
  onBack: () => void;
  onChoose: (item: PaletteItem) => void;
}) {
  const { hit } = props;
  const [active, setActive] = useState(0);
  const view = useQuery(viewQuery(hit));
  const { commands, tabs } = useObjectExtensions(hit);
  if (view.error) return <ErrorAlert title={`${hit.name} cannot be read`} error={view.error} />;
  if (view.data === undefined) return <Loading what={hit.name} />;
  const object = view.data;
  const path = objectPath(hit, hit.namespace, hit.name);
  const pages = [...tabs, { key: "events", title: "Events" }, { key: "yaml", title: "YAML" }];
  const items: PaletteItem[] = [
    { ...props.open, key: "open", group: "Pages", title: `Open ${hit.name}` },
    ...pages.map(({ key, title }) => ({
      key: `tab ${key}`,
      group: "Pages" as const,
      title: `${title} of ${hit.name}`,
      path: `${path}?tab=${key}`,
    })),
    ...commands
      .filter(({ isOffered }) => isOffered?.(object) ?? true)
      .map((command) => ({
        key: `command ${command.key}`,
        group: "Actions" as const,
        title: command.label(object),
        hit,
        command,
      })),
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items[active];
    if (step !== undefined) setActive((active + step + items.length) % items.length);
    else if (event.key === "Enter" && item) props.onChoose(item);
    else if (event.key === "ArrowLeft" || event.key === "Backspace") props.onBack();
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <Button variant="link" isInline icon={<ArrowLeftIcon />} onClick={props.onBack}>
        {hit.kind} {hit.name}
      </Button>
      <PaletteList items={items} active={active} onChoose={props.onChoose} onKeyDown={onKeyDown} />
    </div>
  );
}
