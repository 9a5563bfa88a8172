import { DescriptionList } from "@patternfly/react-core";
import { Age } from "#ui/age.tsx";
import { exactTime } from "#ui/age-text.ts";
import { Loading } from "#ui/loading.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { ConditionTable } from "../condition-table.tsx";
import type { KindType } from "../kinds.ts";
import type { Condition, KubeObject } from "../kube-objects.ts";
import { Fact } from "../fact.tsx";
import { useObjectExtensions } from "../object-extensions.ts";
import { ChildTable, OwnerTrail } from "./family-tree.tsx";
import type { ObjectPageContent } from "./page-context.ts";
import { PagePart } from "./page-part.tsx";
import { PairsEditor } from "./pairs-editor.tsx";
import { RelatedTable } from "./related-table.tsx";
import { StateLabel } from "./state-label.tsx";

/** What an object is, how it does, and what stands around it. */
export function OverviewTab({ refTo, page, type }: ObjectPageContent & { type: KindType }) {
  const { cards } = useObjectExtensions(type);
  const object = page.parts.object as KubeObject;
  const { conditions } = (object["status"] ?? {}) as { conditions?: Condition[] };
  const { children, related } = page.parts;
  const namespace = refTo.namespace ?? undefined;
  const hasChildren = children && (children.objects.length > 0 || children.missing.length > 0);
  const hasRelated = related && (related.objects.length > 0 || related.missing.length > 0);
  return (
    <div className="kyma-tab">
      <Summary refTo={refTo} page={page} />
      {cards.map(({ Content }, index) => (
        <div key={index} className="kyma-page-part">
          <Content type={type} object={object} />
        </div>
      ))}
      {Array.isArray(conditions) && conditions.length > 0 ? (
        <PagePart title="Conditions">
          <ConditionTable conditions={conditions} />
        </PagePart>
      ) : null}
      {hasChildren ? (
        <PagePart title="What it owns">
          <ChildTable owned={children} namespace={namespace} />
        </PagePart>
      ) : null}
      {hasRelated ? (
        <PagePart title="Related objects">
          <RelatedTable related={related} namespace={namespace} />
        </PagePart>
      ) : null}
      {!page.deleted && (related === undefined || children === undefined) ? (
        <Loading what="what belongs to it" />
      ) : null}
    </div>
  );
}

function Summary({ refTo, page }: ObjectPageContent) {
  const { owners, state } = page.parts;
  const object = page.parts.object as KubeObject;
  const { metadata } = object;
  return (
    <section aria-label="Summary" className="kyma-page-part">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        {state ? (
          <Fact term="State">
            <StateLabel state={state} /> {visibleText(state.sentence ?? "")}
          </Fact>
        ) : null}
        <Fact term="Created">
          {exactTime(metadata.creationTimestamp ?? "")} (<Age since={metadata.creationTimestamp} /> ago)
        </Fact>
        {metadata.deletionTimestamp === undefined ? null : (
          <Fact term="Being deleted since">{exactTime(metadata.deletionTimestamp)}</Fact>
        )}
        {owners && owners.objects.length > 0 ? (
          <Fact term="Belongs to">
            <OwnerTrail owners={owners} namespace={refTo.namespace ?? undefined} />
          </Fact>
        ) : null}
        <Fact term="Labels">
          <PairsEditor refTo={refTo} object={object} what="labels" isFixed={page.deleted} />
        </Fact>
        <Fact term="Annotations">
          <PairsEditor refTo={refTo} object={object} what="annotations" isFixed={page.deleted} />
        </Fact>
      </DescriptionList>
    </section>
  );
}
