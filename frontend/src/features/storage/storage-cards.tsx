import { DescriptionList } from "@patternfly/react-core";
import type { ObjectView } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { Fact } from "#resources/fact.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { visibleText } from "#ui/visible-text.ts";

interface Claim extends KubeObject {
  spec?: {
    accessModes?: string[];
    resources?: { requests?: { storage?: string } };
    storageClassName?: string;
    volumeName?: string;
    volumeMode?: string;
  };
  status?: { phase?: string; capacity?: { storage?: string }; accessModes?: string[] };
}

const modes: Record<string, string> = {
  ReadWriteOnce: "read and written by one node",
  ReadOnlyMany: "read by many nodes",
  ReadWriteMany: "read and written by many nodes",
  ReadWriteOncePod: "read and written by one pod",
};

function modeText(accessModes: readonly string[] | undefined): string {
  return (
    accessModes
      ?.map((mode) => `${mode}${Object.hasOwn(modes, mode) ? ` (${modes[mode]})` : ""}`)
      .join(", ") ?? "none"
  );
}

const volumeType = { group: "", version: "v1", plural: "persistentvolumes", kind: "PersistentVolume" };
const classType = { group: "storage.k8s.io", version: "v1", plural: "storageclasses", kind: "StorageClass" };

export function ClaimCard({ object }: ObjectView) {
  const { spec = {}, status = {} } = object as Claim;
  return (
    <PagePart title="Storage">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Size">
          {status.capacity?.storage ?? "none yet"}, {spec.resources?.requests?.storage} asked for
        </Fact>
        <Fact term="Access">{modeText(status.accessModes ?? spec.accessModes)}</Fact>
        <Fact term="Class">
          {spec.storageClassName ? (
            <ObjectLink to={{ ...classType, name: spec.storageClassName }} />
          ) : (
            "the cluster's default"
          )}
        </Fact>
        <Fact term="Volume">
          {spec.volumeName ? (
            <ObjectLink to={{ ...volumeType, name: spec.volumeName }} />
          ) : (
            "none yet: it waits for one that fits, or for a pod that uses it"
          )}
        </Fact>
        <Fact term="Mode">{spec.volumeMode ?? "Filesystem"}</Fact>
      </DescriptionList>
    </PagePart>
  );
}

interface Volume extends KubeObject {
  spec?: Record<string, unknown> & {
    capacity?: { storage?: string };
    accessModes?: string[];
    persistentVolumeReclaimPolicy?: string;
    storageClassName?: string;
    claimRef?: { namespace?: string; name?: string };
    volumeMode?: string;
  };
}

const ordinary = new Set([
  "capacity",
  "accessModes",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "claimRef",
  "volumeMode",
  "nodeAffinity",
  "mountOptions",
]);
const policies: Record<string, string> = {
  Retain: "the data stays when the claim is deleted",
  Delete: "the data is deleted with the claim",
  Recycle: "the data is wiped when the claim is deleted",
};

export function VolumeCard({ object }: ObjectView) {
  const { spec = {} } = object as Volume;
  const source = Object.keys(spec).find((field) => !ordinary.has(field));
  const policy = spec.persistentVolumeReclaimPolicy ?? "Retain";
  const claim = spec.claimRef;
  const claimType = {
    group: "",
    version: "v1",
    plural: "persistentvolumeclaims",
    kind: "PersistentVolumeClaim",
  };
  return (
    <PagePart title="Storage">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Size">{spec.capacity?.storage ?? "unknown"}</Fact>
        <Fact term="Access">{modeText(spec.accessModes)}</Fact>
        <Fact term="Claim">
          {claim?.name ? (
            <ObjectLink to={{ ...claimType, namespace: claim.namespace, name: claim.name }} />
          ) : (
            "none"
          )}
        </Fact>
        <Fact term="When it is released">
          {policy}: {policies[policy] ?? ""}
        </Fact>
        <Fact term="Class">
          {spec.storageClassName ? <ObjectLink to={{ ...classType, name: spec.storageClassName }} /> : "none"}
        </Fact>
        <Fact term="Kept by">
          {source ?? "unknown"}
          {source ? (
            <pre className="kyma-value">{visibleText(JSON.stringify(spec[source], null, 1))}</pre>
          ) : null}
        </Fact>
      </DescriptionList>
    </PagePart>
  );
}

interface StorageClass extends KubeObject {
  provisioner?: string;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowVolumeExpansion?: boolean;
  parameters?: Record<string, string>;
}

export function StorageClassCard({ object }: ObjectView) {
  const {
    provisioner,
    reclaimPolicy = "Delete",
    volumeBindingMode,
    allowVolumeExpansion,
    parameters = {},
    metadata,
  } = object as StorageClass;
  const isDefault = metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
  return (
    <PagePart title="Storage">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Provisioner">{provisioner}</Fact>
        <Fact term="Default">{isDefault ? "yes: claims that name no class get it" : "no"}</Fact>
        <Fact term="When a claim is deleted">
          {reclaimPolicy}: {policies[reclaimPolicy] ?? ""}
        </Fact>
        <Fact term="A volume is made">
          {volumeBindingMode === "WaitForFirstConsumer"
            ? "when the first pod uses the claim"
            : "as soon as the claim is made"}
        </Fact>
        <Fact term="Claims can grow">{allowVolumeExpansion ? "yes" : "no"}</Fact>
        {Object.keys(parameters).length > 0 ? (
          <Fact term="Parameters">
            {Object.entries(parameters).map(([key, value]) => (
              <div key={key}>{visibleText(`${key}: ${value}`)}</div>
            ))}
          </Fact>
        ) : null}
      </DescriptionList>
    </PagePart>
  );
}
