import { Content, Modal, ModalBody, ModalHeader } from "@patternfly/react-core";
import { allShortcuts } from "#ui/shortcuts.ts";

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Keys of parts of pages, which listen by themselves. */
const parts = [
  {
    title: "In a list",
    keys: [
      ["/", "Filter"],
      ["↑ ↓ or j k", "Move"],
      ["Enter", "Open"],
      ["Space", "Select"],
    ],
  },
  {
    title: "In an editor",
    keys: [
      ["mod+s", "Save"],
      ["mod+Space", "Complete"],
      ["F1", "All commands of the editor"],
    ],
  },
];

/** Every keyboard shortcut. */
export function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const everywhere = allShortcuts().map(({ keys, text }) => [keys, text]);
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="shortcuts-title">
      <ModalHeader labelId="shortcuts-title" title="Keyboard shortcuts" />
      <ModalBody>
        {[{ title: "Everywhere", keys: everywhere }, ...parts].map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <Content component="h3">{title}</Content>
            <dl className="kyma-keys">
              {keys.map(([key = "", text]) => (
                <div key={key}>
                  <dt>
                    <Keys keys={key} />
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </ModalBody>
    </Modal>
  );
}

function Keys({ keys }: { keys: string }) {
  const shown = keys.replaceAll("mod+", isMac ? "⌘ " : "Ctrl ").split(" ");
  return shown.map((key, index) =>
    key === "or" ? " or " : <kbd key={index}>{key.length === 1 ? key.toUpperCase() : key}</kbd>,
  );
}
