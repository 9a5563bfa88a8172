import { Button, Content, Flex, FlexItem } from "@patternfly/react-core";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { TemplateMenu } from "./template-menu.tsx";

/** Where text can come from: a template, files. */
export function Sources(props: {
  onTemplate: Parameters<typeof TemplateMenu>[0]["onChoose"];
  onFiles: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Flex gap={{ default: "gapSm" }}>
      <FlexItem>
        <TemplateMenu onChoose={props.onTemplate} />
      </FlexItem>
      <FlexItem>
        <Button variant="secondary" onClick={() => input.current?.click()}>
          Add files
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Files to add"
          accept=".yaml,.yml,.json,application/json,application/yaml,text/plain"
          onChange={(event) => {
            props.onFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </FlexItem>
      <FlexItem className="pf-v6-u-display-none pf-v6-u-display-block-on-md">
        <Content component="small">or drop them on the editor</Content>
      </FlexItem>
    </Flex>
  );
}

/** Takes files that are dropped on what it holds. */
export function DropZone({
  onFiles,
  children,
}: {
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <div
      role="presentation"
      className={over ? "kyma-drop kyma-drop-over" : "kyma-drop"}
      onDragOverCapture={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDropCapture={(event) => {
        if (!hasFiles(event)) return;
        // Before Monaco takes the file's path for text.
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}
