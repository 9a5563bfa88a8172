import { selectorText } from "#resources/selector-text.ts";
import type { NetworkPolicy } from "./types.ts";

type Spec = NonNullable<NetworkPolicy["spec"]>;
type Peer = NonNullable<NonNullable<Spec["ingress"]>[number]["from"]>[number];
type Port = NonNullable<NonNullable<Spec["ingress"]>[number]["ports"]>[number];

/** What a NetworkPolicy says, in sentences. Pure. */
export function policyWords(policy: NetworkPolicy): { who: string; ingress: string[]; egress: string[] } {
  const { podSelector, policyTypes, ingress, egress } = policy.spec ?? {};
  const types = policyTypes ?? (egress ? ["Ingress", "Egress"] : ["Ingress"]);
  const selector = selectorText(podSelector);
  const who =
    selector === "" ? "It is about all pods of the namespace." : `It is about the pods with ${selector}.`;
  return {
    who,
    ingress: types.includes("Ingress")
      ? directionWords(
          "Traffic to them",
          "from",
          (ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })),
        )
      : ["Traffic to them is not limited by this policy."],
    egress: types.includes("Egress")
      ? directionWords(
          "Traffic from them",
          "to",
          (egress ?? []).map(({ to, ports }) => ({ peers: to, ports })),
        )
      : ["Traffic from them is not limited by this policy."],
  };
}

interface Rule {
  peers: Peer[] | undefined;
  ports: Port[] | undefined;
}

function directionWords(subject: string, way: "from" | "to", rules: Rule[]): string[] {
  if (rules.length === 0) return [`${subject} is refused.`];
  const allowed = rules.map(({ peers, ports }) => {
    const whom = peers?.length ? peers.map(peerWords).join(" or ") : "anywhere";
    return `${way} ${whom}${portWords(ports)}`;
  });
  return [`${subject} is refused, but for traffic`, ...allowed];
}

function peerWords({ podSelector, namespaceSelector, ipBlock }: Peer): string {
  if (ipBlock) {
    const except = ipBlock.except?.length ? ` except ${ipBlock.except.join(", ")}` : "";
    return `addresses in ${ipBlock.cidr}${except}`;
  }
  const pods = selectorText(podSelector);
  const whichPods = pods === "" ? "all pods" : `pods with ${pods}`;
  if (!namespaceSelector) return `${whichPods} of this namespace`;
  const spaces = selectorText(namespaceSelector);
  return spaces === "" ? `${whichPods} of any namespace` : `${whichPods} of namespaces with ${spaces}`;
}

function portWords(ports: Port[] | undefined): string {
  if (!ports?.length) return " on any port";
  const words = ports.map(({ port, endPort, protocol = "TCP" }) =>
    port === undefined ? `any ${protocol} port` : `${protocol} ${port}${endPort ? `–${endPort}` : ""}`,
  );
  return ` on ${words.join(", ")}`;
}
