import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  LabelGroup,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Age } from "#ui/age.tsx";
import { exactTime } from "#ui/age-text.ts";
import type { KubeObject } from "./kube-objects.ts";

/** One term with what it stands for. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription className="kyma-break">{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

function Pairs({ pairs, name }: { pairs: Record<string, string> | undefined; name: string }) {
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return <>none</>;
  return (
    <LabelGroup aria-label={name} numLabels={6}>
      {entries.map(([key, value]) => (
        <Label key={key} variant="outline" isCompact textMaxWidth="24rem">
          {key}={value}
        </Label>
      ))}
    </LabelGroup>
  );
}

/** What every object has: where it is, how old, whose. */
export function MetadataSummary({ object, children }: { object: KubeObject; children?: ReactNode }) {
  const { metadata } = object;
  return (
    <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
      {metadata.namespace === undefined ? null : <Fact term="Namespace">{metadata.namespace}</Fact>}
      <Fact term="Created">
        {exactTime(metadata.creationTimestamp ?? "")} (<Age since={metadata.creationTimestamp} /> ago)
      </Fact>
      {metadata.deletionTimestamp === undefined ? null : (
        <Fact term="Being deleted since">{exactTime(metadata.deletionTimestamp)}</Fact>
      )}
      {metadata.ownerReferences === undefined ? null : (
        <Fact term="Belongs to">
          {metadata.ownerReferences.map(({ kind, name }) => `${kind} ${name}`).join(", ")}
        </Fact>
      )}
      <Fact term="Labels">
        <Pairs pairs={metadata.labels} name="Labels" />
      </Fact>
      <Fact term="Annotations">
        <Pairs pairs={metadata.annotations} name="Annotations" />
      </Fact>
      {children}
    </DescriptionList>
  );
}
