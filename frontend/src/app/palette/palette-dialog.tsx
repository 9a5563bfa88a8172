import { Alert, Modal, ModalBody } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useNamespaceNames } from "#resources/use-namespace-names.ts";
import { ObjectChoices } from "./object-choices.tsx";
import type { PaletteItem } from "./palette-items.ts";
import { PaletteList } from "./palette-list.tsx";
import { recentItems, rememberItem } from "./recent-items.ts";
import { StartCommand } from "./start-command.tsx";
import { usePaletteItems } from "./use-palette-items.ts";

/** Type to go anywhere or do anything: pages, kinds, objects by name, their actions, namespaces. */
export default function PaletteDialog({
  own,
  onClose,
}: {
  own: readonly PaletteItem[];
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [about, setAbout] = useState<PaletteItem>();
  const [starting, setStarting] = useState<PaletteItem>();
  const navigate = useNavigate();
  const choose = (item: PaletteItem) => {
    if (item.command) return setStarting(item);
    onClose();
    rememberItem(item);
    item.run?.();
    if (item.path !== undefined) void navigate({ href: item.path });
  };
  if (starting?.hit && starting.command)
    return <StartCommand hit={starting.hit} command={starting.command} onDone={onClose} />;
  return (
    <Modal
      isOpen
      variant="medium"
      position="top"
      onClose={onClose}
      aria-label="Go to or do"
      className="kyma-palette"
    >
      <ModalBody>
        {about?.hit ? (
          <ObjectChoices hit={about.hit} open={about} onBack={() => setAbout(undefined)} onChoose={choose} />
        ) : (
          <PaletteSearch text={text} onText={setText} own={own} onChoose={choose} onMore={setAbout} />
        )}
      </ModalBody>
    </Modal>
  );
}

function PaletteSearch(props: {
  text: string;
  onText: (text: string) => void;
  own: readonly PaletteItem[];
  onChoose: (item: PaletteItem) => void;
  onMore: (item: PaletteItem) => void;
}) {
  const { text, own } = props;
  const [index, setIndex] = useState(0);
  const { ns } = useNamespaceScope();
  const namespaces = useNamespaceNames();
  const found = usePaletteItems(text, { ns, namespaces, own });
  const items = text.trim() === "" ? [...recentItems(), ...own] : found.items;
  const active = Math.min(index, items.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items[active];
    if (step !== undefined) setIndex((active + step + items.length) % Math.max(items.length, 1));
    else if (event.key === "Enter" && item) props.onChoose(item);
    else if (event.key === "ArrowRight" && item?.hit && atEnd(event.currentTarget)) props.onMore(item);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        // The dialog opens for this one thing.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="kyma-palette-input"
        role="combobox"
        aria-label="Go to or do"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={items[active] ? `palette-${active}` : undefined}
        placeholder="Go to a page or an object, or type an action: restart web"
        value={text}
        maxLength={200}
        onChange={(event) => (props.onText(event.target.value), setIndex(0))}
        onKeyDown={onKeyDown}
      />
      {found.error ? (
        <Alert
          isInline
          isPlain
          variant="warning"
          title={`Objects cannot be searched: ${errorMessage(found.error)}`}
        />
      ) : null}
      <PaletteList
        items={items}
        active={active}
        busy={found.searching}
        onChoose={props.onChoose}
        onMore={props.onMore}
      />
      <p className="kyma-palette-foot" role="status">
        {items.length > 0
          ? "↑↓ choose · Enter opens · → what can be done with an object · Esc closes"
          : found.searching
            ? "Searching…"
            : "Nothing fits. Try a part of a name, a kind, or a namespace."}
      </p>
    </>
  );
}

function atEnd(input: HTMLInputElement): boolean {
  return input.selectionStart === input.value.length;
}
