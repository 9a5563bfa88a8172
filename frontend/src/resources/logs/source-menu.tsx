import { Badge, Divider, MenuToggle, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { useState } from "react";
import type { LogStreamInfo } from "#api/logs.ts";
import type { LogStore } from "./log-store.ts";
import { streamKey } from "./log-store.ts";

const stateWords: Record<LogStreamInfo["state"], string> = {
  WAITING: "nothing logged yet",
  LIVE: "live",
  RECONNECTING: "reconnecting",
  ENDED: "ended",
  FAILED: "cannot be read",
};
const kindWords: Record<LogStreamInfo["kind"], string> = { INIT: "init", MAIN: "", EPHEMERAL: "debug" };

function describe({ kind, restarts, state, message }: LogStreamInfo): string {
  return [
    kindWords[kind],
    message ?? stateWords[state],
    restarts > 0 ? `${restarts} ${restarts === 1 ? "restart" : "restarts"}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** Which containers' lines are shown. */
export function SourceMenu(props: {
  store: LogStore;
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
}) {
  const { hidden } = props;
  const [isOpen, setOpen] = useState(false);
  const streams = [...props.store.streams].sort((a, b) => (streamKey(a) < streamKey(b) ? -1 : 1));
  const keys = streams.map(streamKey);
  const shown = keys.filter((key) => !hidden.has(key)).length;
  const names = [...new Set(streams.map(({ container }) => container))].sort();
  const toggle = (chosen: readonly string[]) => {
    const hide = chosen.every((key) => !hidden.has(key));
    const next = new Set(hidden);
    for (const key of chosen) {
      if (hide) next.add(key);
      else next.delete(key);
    }
    props.onHidden(next);
  };
  const ofContainer = (name: string) => streams.filter(({ container }) => container === name).map(streamKey);
  return (
    <Select
      role="menu"
      isOpen={isOpen}
      isScrollable
      onOpenChange={setOpen}
      onSelect={(_event, value) =>
        toggle(
          value === "*"
            ? keys.filter((key) => hidden.has(key))
            : String(value).startsWith("*")
              ? ofContainer(String(value).slice(1))
              : [String(value)],
        )
      }
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          onClick={() => setOpen(!isOpen)}
          isExpanded={isOpen}
          badge={<Badge isRead>{shown === keys.length ? keys.length : `${shown} of ${keys.length}`}</Badge>}
        >
          Containers
        </MenuToggle>
      )}
    >
      <SelectList>
        {names.length > 1
          ? names.map((name) => (
              <SelectOption
                key={`*${name}`}
                value={`*${name}`}
                hasCheckbox
                isSelected={ofContainer(name).every((key) => !hidden.has(key))}
              >
                All “{name}” containers
              </SelectOption>
            ))
          : null}
        {names.length > 1 ? <Divider component="li" /> : null}
        {streams.map((stream) => (
          <SelectOption
            key={streamKey(stream)}
            value={streamKey(stream)}
            hasCheckbox
            isSelected={!hidden.has(streamKey(stream))}
            description={describe(stream)}
          >
            {streamKey(stream)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
