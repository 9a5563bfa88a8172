import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { yamlQuery } from "#api/objects.ts";
import { useSession } from "#api/session.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { draftKey } from "./editor/drafts.ts";
import { YamlEditor } from "./editor/yaml-editor.tsx";

/** The object as YAML, to read and to edit. `resourceVersion` is that of the live object. */
export function YamlTab({
  refTo,
  resourceVersion,
  ...more
}: {
  refTo: ObjectRef;
  resourceVersion: string | undefined;
} & Pick<ComponentProps<typeof YamlEditor>, "Form" | "check">) {
  const yaml = useQuery(yamlQuery(refTo));
  const session = useSession().data;
  const queryClient = useQueryClient();
  if (yaml.error) {
    return (
      <ErrorState title="The YAML cannot be shown" error={yaml.error} retry={() => void yaml.refetch()} />
    );
  }
  if (yaml.data === undefined || session === undefined) return <Loading what="the YAML" />;
  const { group = "", plural } = refTo.type;
  const { namespace, name } = refTo;
  const { user, cluster } = session;
  return (
    <YamlEditor
      key={yaml.dataUpdatedAt}
      refTo={refTo}
      loaded={yaml.data}
      liveVersion={resourceVersion}
      draftKey={draftKey({ user, cluster, group: group ?? "", plural, namespace, name })}
      {...more}
      onReload={() => void queryClient.resetQueries({ queryKey: yamlQuery(refTo).queryKey })}
    />
  );
}
