import { Alert, Grid, GridItem, Title } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { CodeEditor } from "#ui/code-editor.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { dependenciesProblem } from "./draft.ts";
import { typingsQuery } from "./functions-api.ts";
import type { KymaFunction } from "./kyma-function.ts";
import type { FunctionDraft } from "./use-function-draft.ts";

/** Source and dependencies side by side. */
export function CodeTab({ fn, draft }: { fn: KymaFunction; draft: FunctionDraft }) {
  const typings = useQuery(typingsQuery);
  if (fn.spec.source.inline === undefined) {
    return (
      <EmptyNotice title="The code of this Function is in a Git repository">
        It comes from {fn.spec.source.gitRepository?.url ?? "elsewhere"} and is edited there.
      </EmptyNotice>
    );
  }
  const { name } = fn.metadata;
  const problem = dependenciesProblem(draft.value.dependencies);
  const save = () => void draft.save();
  return (
    <Grid hasGutter>
      <GridItem lg={8}>
        <Title headingLevel="h2" size="md" className="kyma-editor-title">
          Source
        </Title>
        <CodeEditor
          label={`Source of ${name}`}
          language="javascript"
          fileName="handler.js"
          value={draft.value.source}
          onChange={(source) => draft.set("source", source)}
          onSave={save}
          typings={typings.data}
        />
      </GridItem>
      <GridItem lg={4}>
        <Title headingLevel="h2" size="md" className="kyma-editor-title">
          Dependencies (package.json)
        </Title>
        <CodeEditor
          label={`Dependencies of ${name}`}
          language="json"
          fileName="package.json"
          value={draft.value.dependencies}
          onChange={(dependencies) => draft.set("dependencies", dependencies)}
          onSave={save}
        />
        {problem ? <Alert isInline isPlain variant="warning" title={problem} /> : null}
      </GridItem>
    </Grid>
  );
}
