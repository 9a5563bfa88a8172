import { PageSection } from "@patternfly/react-core";
import type { ObjectRef } from "#api/generated/graphql.ts";
import type { KubeObject } from "../kube-objects.ts";
import { YamlTab } from "../yaml-tab.tsx";

/** The one place where the object's page takes the YAML editor from. */
export function YamlPart({ refTo, object }: { refTo: ObjectRef; object: KubeObject }) {
  return (
    <PageSection padding={{ default: "noPadding" }} className="kyma-tab">
      <YamlTab refTo={refTo} resourceVersion={object.metadata.resourceVersion} />
    </PageSection>
  );
}
