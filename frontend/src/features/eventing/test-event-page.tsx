import { PageSection } from "@patternfly/react-core";
import { useSearch } from "@tanstack/react-router";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { PageHeader } from "#ui/page-header.tsx";
import "./eventing.css";
import { TestEvent } from "./test-event.tsx";

/** Sends a test event; source and type may stand in the address. */
export function TestEventPage() {
  const { ns, namespaces } = useNamespaceScope();
  const { source = "", type = "" } = useSearch({ from: "/namespaces/$ns/eventing/test" });
  return (
    <>
      <PageHeader
        title="Send a test event"
        trail={[{ label: "Eventing", path: `/namespaces/${ns}/eventing` }]}
        text="It is published as any other event, so everybody who subscribed gets it."
      />
      <PageSection isFilled>
        <TestEvent key={`${source} ${type}`} start={{ source, type }} namespaces={namespaces} />
      </PageSection>
    </>
  );
}
