import { Alert, DescriptionList, ExpandableSection, Label, LabelGroup } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { NodePart, NodeResource } from "#api/workload-parts.ts";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { PodTable } from "#resources/pod-table.tsx";
import { Loading } from "#ui/loading.tsx";
import { bytesText } from "#ui/quantity-text.ts";
import { visibleText } from "#ui/visible-text.ts";
import { DrainProgress } from "./drain-progress.tsx";
import { amountText, share } from "./node-amounts.ts";
import "./nodes.css";

/** Capacity of a node against what its pods ask for, and the drain that goes on. */
export function NodeCard({ object }: ObjectView) {
  const { node } = useObjectPageContent()?.page.parts ?? {};
  if (node === undefined) return <Loading what="the node" />;
  if (node === null) return null;
  return (
    <>
      <DrainProgress node={object.metadata.name} />
      {node.unschedulable ? (
        <Alert isInline variant="warning" title="The node is cordoned" className="kyma-page-part">
          The scheduler puts no new pods on it until it is uncordoned (Actions, Uncordon).
        </Alert>
      ) : null}
      <PagePart title="Capacity">
        {node.missing === null ? null : <Alert isInline variant="info" title={node.missing} />}
        <div className="kyma-node-resources">
          {node.resources.map((resource) => (
            <Resource key={resource.name} resource={resource} />
          ))}
        </div>
      </PagePart>
    </>
  );
}

function Resource({ resource }: { resource: NodeResource }) {
  const { name, allocatable, capacity, requested, limit } = resource;
  const text = (amount: number): string => amountText(name, amount);
  const isPods = name === "pods";
  return (
    <section aria-label={name}>
      <strong>{name}</strong>{" "}
      <span className="kyma-subtle">
        {text(allocatable)} for pods{allocatable === capacity ? "" : ` of ${text(capacity)}`}
      </span>
      {requested === null ? null : (
        <Bar label={isPods ? "running" : "requested"} amount={requested} of={allocatable} text={text} />
      )}
      {limit === null ? null : <Bar label="limits" amount={limit} of={allocatable} text={text} />}
    </section>
  );
}

function Bar(props: { label: string; amount: number; of: number; text: (amount: number) => string }) {
  const percent = share(props.amount, props.of);
  return (
    <div className="kyma-node-bar">
      <span>{props.label}</span>
      <meter
        aria-label={props.label}
        min={0}
        max={100}
        value={Math.min(100, percent)}
        data-full={percent > 90 ? "" : undefined}
      />
      <span>
        {props.text(props.amount)} ({percent}%)
      </span>
    </div>
  );
}

/** The pods on a node. */
export function NodePods() {
  const { pods } = useObjectPageContent()?.page.parts ?? {};
  if (pods === undefined) return <Loading what="pods" />;
  if (pods === null) return null;
  return (
    <PagePart title="Pods on it">
      <PodTable part={pods} showNode={false} showNamespace />
    </PagePart>
  );
}

/** Taints, addresses, versions and images of a node. */
export function NodeFacts() {
  const { node } = useObjectPageContent()?.page.parts ?? {};
  if (!node) return null;
  return (
    <>
      <PagePart title="System">
        <DescriptionList isCompact columnModifier={{ default: "1Col", md: "2Col", xl: "3Col" }}>
          <Fact term="Taints">
            {node.taints.length === 0 ? (
              "none"
            ) : (
              <LabelGroup aria-label="Taints" numLabels={10}>
                {node.taints.map((taint) => (
                  <Label key={taint} isCompact variant="outline" textMaxWidth="20rem">
                    {taint}
                  </Label>
                ))}
              </LabelGroup>
            )}
          </Fact>
          {[...node.addresses, ...node.versions].map(({ name, values }) => (
            <Fact key={name} term={name}>
              {visibleText(values.join(", "))}
            </Fact>
          ))}
        </DescriptionList>
      </PagePart>
      <Images node={node} />
    </>
  );
}

function Images({ node }: { node: NodePart }) {
  if (node.images.length === 0) return null;
  return (
    <ExpandableSection
      toggleText={`${node.imagesTotal} ${node.imagesTotal === 1 ? "image" : "images"} on it`}
    >
      <Table aria-label="Images" variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th width={70}>Image</Th>
            <Th>Size</Th>
          </Tr>
        </Thead>
        <Tbody>
          {node.images.map(({ name, sizeBytes }, index) => (
            <Tr key={`${name}/${index}`}>
              <Td dataLabel="Image" modifier="breakWord">
                {visibleText(name)}
              </Td>
              <Td dataLabel="Size">{bytesText(sizeBytes)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </ExpandableSection>
  );
}
