import { EllipsisHIcon } from "@patternfly/react-icons";
import { Button } from "@patternfly/react-core";
import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";
import type { PaletteItem } from "./palette-items.ts";

/**
 * The lines of the palette under their headings; `active` is the line that Enter chooses. With `onKeyDown` the list itself takes the focus,
 * else it stays in the input.
 */
export function PaletteList(props: {
  items: readonly PaletteItem[];
  active: number;
  /** A better answer is on its way. */
  busy?: boolean;
  onChoose: (item: PaletteItem) => void;
  /** Shows what can be done with a line's object. */
  onMore?: (item: PaletteItem) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const takesFocus = props.onKeyDown !== undefined;
  useEffect(() => {
    if (takesFocus) list.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    list.current?.querySelector(`#palette-${props.active}`)?.scrollIntoView({ block: "nearest" });
  }, [props.active]);
  return (
    <div
      ref={list}
      id="palette-list"
      role="listbox"
      aria-label="Results"
      aria-busy={props.busy ?? false}
      className="kyma-palette-list"
      tabIndex={takesFocus ? 0 : -1}
      aria-activedescendant={takesFocus ? `palette-${props.active}` : undefined}
      onKeyDown={props.onKeyDown}
    >
      {props.items.map((item, index) => (
        <div key={item.key} role="presentation">
          {item.group === props.items[index - 1]?.group ? null : (
            <div className="kyma-palette-group" role="presentation">
              {item.group}
            </div>
          )}
          <div className="kyma-palette-line" role="presentation">
            <div
              id={`palette-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === props.active}
              className="kyma-palette-item"
              onClick={() => props.onChoose(item)}
              onKeyDown={() => undefined}
            >
              <span className="kyma-palette-title">{item.title}</span>
              {item.detail ? <span className="kyma-subtle">{item.detail}</span> : null}
            </div>
            {item.hit && !item.command && props.onMore ? (
              <Button
                variant="plain"
                size="sm"
                tabIndex={-1}
                icon={<EllipsisHIcon />}
                aria-label={`What can be done with ${item.title}`}
                onClick={() => props.onMore?.(item)}
              />
            ) : null}
          </div>
        </div>
      ))}
    </div>
  );
}
