import { DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { PageEndpoints } from "#api/object-page.ts";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { MissingNotes } from "#resources/object-page/missing-notes.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { selectorText } from "#resources/selector-text.ts";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { ServiceProbePanel } from "./service-probe.tsx";
import type { Service, ServicePort } from "./types.ts";

/** What a Service listens on, what stands behind it, and whether it answers. */
export function ServiceCard({ object }: ObjectView) {
  const { spec = {}, status } = object as Service;
  const page = useObjectPageContent()?.page;
  const outside = [
    ...(spec.externalIPs ?? []),
    ...(status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => hostname ?? ip ?? ""),
  ];
  const selector = selectorText({ matchLabels: spec.selector ?? {} });
  return (
    <>
      <PagePart title="Service">
        <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
          <Fact term="Type">{spec.type ?? "ClusterIP"}</Fact>
          <Fact term="Address inside the cluster">
            {spec.type === "ExternalName"
              ? spec.externalName
              : spec.clusterIP === "None"
                ? "none (headless)"
                : spec.clusterIP}
          </Fact>
          <Fact term="Selects pods with">
            {selector || "nothing: its endpoints are made by hand or by another controller"}
          </Fact>
          {outside.length > 0 ? <Fact term="Address outside">{outside.join(", ")}</Fact> : null}
        </DescriptionList>
        <PortTable ports={spec.ports ?? []} />
      </PagePart>
      {spec.type === "ExternalName" ? null : (
        <PagePart title="Endpoints">
          {page?.parts.endpoints ? (
            <EndpointTable endpoints={page.parts.endpoints} namespace={object.metadata.namespace} />
          ) : (
            <Loading what="the endpoints" />
          )}
        </PagePart>
      )}
      {page?.deleted || !spec.ports?.length ? null : (
        <PagePart title="Is it reachable?">
          <ServiceProbePanel
            namespace={object.metadata.namespace ?? ""}
            service={object.metadata.name}
            ports={spec.ports}
          />
        </PagePart>
      )}
    </>
  );
}

function PortTable({ ports }: { ports: readonly ServicePort[] }) {
  if (ports.length === 0) return null;
  return (
    <Table aria-label="Ports" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Port</Th>
          <Th>Name</Th>
          <Th>Protocol</Th>
          <Th>Port of the pods</Th>
          <Th>Node port</Th>
        </Tr>
      </Thead>
      <Tbody>
        {ports.map(({ name, port, protocol = "TCP", targetPort, nodePort }) => (
          <Tr key={`${port}/${protocol}`}>
            <Td dataLabel="Port">{port}</Td>
            <Td dataLabel="Name">{name ?? "–"}</Td>
            <Td dataLabel="Protocol">{protocol}</Td>
            <Td dataLabel="Port of the pods">{targetPort ?? port}</Td>
            <Td dataLabel="Node port">{nodePort ?? "–"}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function EndpointTable({
  endpoints,
  namespace,
}: {
  endpoints: PageEndpoints;
  namespace: string | undefined;
}) {
  const pod = (name: string) => ({ group: "", version: "v1", plural: "pods", kind: "Pod", namespace, name });
  return (
    <>
      <MissingNotes missing={endpoints.missing} />
      {endpoints.total === 0 && endpoints.missing.length === 0 ? (
        <p>
          <StatusLabel health="warning">no endpoints</StatusLabel> No pod that it selects has an address, so
          requests to it fail.
        </p>
      ) : (
        <p>
          {endpoints.ready} of {endpoints.total} ready.
        </p>
      )}
      {endpoints.total === 0 ? null : (
        <Table aria-label="Endpoints" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>Address</Th>
              <Th>State</Th>
              <Th>Behind it</Th>
              <Th>Node</Th>
            </Tr>
          </Thead>
          <Tbody>
            {endpoints.endpoints.map(({ address, ready, terminating, pod: name, node }) => (
              <Tr key={address}>
                <Td dataLabel="Address">{address}</Td>
                <Td dataLabel="State">
                  <StatusLabel health={ready ? "ok" : "warning"}>
                    {ready ? "ready" : terminating ? "terminating" : "not ready"}
                  </StatusLabel>
                </Td>
                <Td dataLabel="Behind it">
                  {name ? <ObjectLink to={pod(name)} from={namespace} /> : "no pod"}
                </Td>
                <Td dataLabel="Node">{node ?? "–"}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </>
  );
}
