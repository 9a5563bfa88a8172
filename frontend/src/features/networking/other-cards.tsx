import { Content, DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { policyWords } from "./policy-words.ts";
import type { EndpointSlice, Ingress } from "./types.ts";

type Backend = NonNullable<NonNullable<Ingress["spec"]>["defaultBackend"]>;

/** Hosts and paths of an Ingress and where they lead; a Service that is not there says so. */
export function IngressCard({ object }: ObjectView) {
  const { spec = {}, status } = object as Ingress;
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => hostname ?? ip ?? "");
  const tlsHosts = new Set(spec.tls?.flatMap(({ hosts = [] }) => hosts));
  const rows = (spec.rules ?? []).flatMap(({ host = "*", http }) =>
    (http?.paths ?? []).map(({ path = "/", pathType, backend }) => ({ host, path, pathType, backend })),
  );
  return (
    <PagePart title="Rules">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Class">{spec.ingressClassName ?? "the cluster's default"}</Fact>
        <Fact term="Address">
          {addresses.length > 0 ? addresses.join(", ") : "none yet: no ingress controller has taken it up"}
        </Fact>
        {spec.defaultBackend ? (
          <Fact term="Everything else goes to">
            <BackendLink backend={spec.defaultBackend} namespace={object.metadata.namespace} />
          </Fact>
        ) : null}
        {spec.tls?.length ? (
          <Fact term="Certificates">
            {spec.tls.map(({ secretName, hosts = [] }) => (
              <div key={`${secretName}${hosts.join()}`}>
                {secretName ?? "the controller's own"} for{" "}
                {hosts.length > 0 ? hosts.map(visibleText).join(", ") : "all hosts"}
              </div>
            ))}
          </Fact>
        ) : null}
      </DescriptionList>
      {rows.length === 0 ? null : (
        <Table aria-label="Rules" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>Host</Th>
              <Th>Path</Th>
              <Th>Match</Th>
              <Th>Goes to</Th>
            </Tr>
          </Thead>
          <Tbody>
            {rows.map(({ host, path, pathType, backend }) => (
              <Tr key={`${host} ${path} ${pathType}`}>
                <Td dataLabel="Host" modifier="breakWord">
                  {visibleText(host)} {tlsHosts.has(host) ? <StatusLabel health="ok">TLS</StatusLabel> : null}
                </Td>
                <Td dataLabel="Path" modifier="breakWord">
                  {visibleText(path)}
                </Td>
                <Td dataLabel="Match">{pathType}</Td>
                <Td dataLabel="Goes to">
                  <BackendLink backend={backend} namespace={object.metadata.namespace} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </PagePart>
  );
}

function BackendLink({ backend, namespace }: { backend: Backend; namespace: string | undefined }) {
  const related = useObjectPageContent()?.page.parts.related?.objects ?? [];
  if (!backend.service)
    return (
      <>
        {backend.resource?.kind} {backend.resource?.name}
      </>
    );
  const { name, port } = backend.service;
  const exists = related.find((one) => one.kind === "Service" && one.name === name)?.exists ?? true;
  return (
    <>
      <ObjectLink
        to={{ group: "", version: "v1", plural: "services", kind: "Service", namespace, name, exists }}
        from={namespace}
      />
      {port ? `:${port.name ?? port.number}` : ""}
    </>
  );
}

/** The endpoints of one slice. */
export function EndpointSliceCard({ object }: ObjectView) {
  const slice = object as EndpointSlice;
  const { addressType } = slice;
  // Both are null in the slice of a Service without pods.
  const [endpoints, ports] = [slice.endpoints ?? [], slice.ports ?? []];
  const { namespace } = object.metadata;
  return (
    <PagePart title="Endpoints">
      <Content component="p">
        {addressType},{" "}
        {ports
          .map(({ name, port, protocol }) => `${name ? `${name} ` : ""}${port ?? "any"}/${protocol ?? "TCP"}`)
          .join(", ") || "no ports"}
      </Content>
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
          {endpoints.map(({ addresses = [], conditions = {}, targetRef, nodeName }) => (
            <Tr key={addresses.join()}>
              <Td dataLabel="Address">{addresses.join(", ")}</Td>
              <Td dataLabel="State">
                <StatusLabel health={conditions.ready === false ? "warning" : "ok"}>
                  {conditions.terminating
                    ? "terminating"
                    : conditions.ready === false
                      ? "not ready"
                      : "ready"}
                </StatusLabel>
              </Td>
              <Td dataLabel="Behind it">
                {targetRef?.kind === "Pod" ? (
                  <ObjectLink
                    to={{
                      group: "",
                      version: "v1",
                      plural: "pods",
                      kind: "Pod",
                      namespace,
                      name: targetRef.name ?? "",
                    }}
                    from={namespace}
                  />
                ) : (
                  "no pod"
                )}
              </Td>
              <Td dataLabel="Node">{nodeName ?? "–"}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </PagePart>
  );
}

/** What a NetworkPolicy allows and refuses, in sentences. */
export function NetworkPolicyCard({ object }: ObjectView) {
  const { who, ingress, egress } = policyWords(object);
  return (
    <PagePart title="What it says">
      <Content component="p">{visibleText(who)}</Content>
      <Sentences sentences={ingress} />
      <Sentences sentences={egress} />
    </PagePart>
  );
}

function Sentences({ sentences: [first = "", ...more] }: { sentences: readonly string[] }) {
  return (
    <Content>
      <p>{visibleText(first)}</p>
      {more.length > 0 ? (
        <ul>
          {more.map((sentence) => (
            <li key={sentence}>{visibleText(sentence)}</li>
          ))}
        </ul>
      ) : null}
    </Content>
  );
}
