import { DescriptionList } from "@patternfly/react-core";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { FlowPicture } from "./flow-picture.tsx";
import type { SubscriptionFlow } from "./live-eventing.ts";
import { settings } from "./delivery-fields.tsx";
import type { Subscription } from "./subscription.ts";

/** From where to where the events of one Subscription go, with their rates. */
export function FlowCard({ object }: ObjectView) {
  const state = useObjectPageContent()?.page.parts.delivery?.state;
  return (
    <PagePart title="Event flow">
      <FlowPicture flows={[flowOf(object, state ?? undefined)]} total={1} />
    </PagePart>
  );
}

type Measured = Pick<SubscriptionFlow, "deadLetters" | "lastError"> & {
  types: { type: string; rate: number | null; pending: number; inFlight: number }[];
};

function flowOf(
  { metadata, spec = {}, status }: Subscription,
  measured: Measured | undefined,
): SubscriptionFlow {
  const byType = new Map(measured?.types.map((one) => [one.type, one]));
  const failed = status?.conditions?.find((condition) => condition.status === "False");
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    source: spec.source ?? "",
    anySource: spec.typeMatching === "exact",
    sink: spec.sink ?? "",
    ready: status?.ready === true,
    reason: failed?.message ?? failed?.reason ?? null,
    types: (spec.types ?? []).map((type) => {
      const { rate = null, pending = null, inFlight = null } = byType.get(type) ?? {};
      // Only attempts are measured here.
      return { type, published: rate, rate, pending, inFlight };
    }),
    deadLetters: measured?.deadLetters ?? null,
    lastError: measured?.lastError ?? null,
  };
}

/** What a Subscription is set to. */
export function SettingsCard({ object }: ObjectView) {
  const { spec = {} } = object as Subscription;
  const { config = {} } = spec;
  const known = new Set(settings.map(({ key }) => key));
  const others = Object.entries(config).filter(([key]) => !known.has(key));
  return (
    <PagePart title="Settings">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Sink">{spec.sink}</Fact>
        <Fact term="What is compared">
          {spec.typeMatching === "exact" ? "the type alone, exactly" : "source and type"}
        </Fact>
        {settings.map(({ key, label, placeholder }) => (
          <Fact key={key} term={label}>
            {config[key] ?? <span className="kyma-subtle">{placeholder}</span>}
          </Fact>
        ))}
        {others.map(([key, value]) => (
          <Fact key={key} term={key}>
            {value}
          </Fact>
        ))}
      </DescriptionList>
    </PagePart>
  );
}
