import { expect, test } from "vitest";
import { policyWords } from "./policy-words.ts";

const policy = (spec: object) => ({ metadata: { name: "p" }, spec });

test("a policy without rules refuses everything in its direction and says nothing of the other", () => {
  expect(policyWords(policy({ podSelector: {}, policyTypes: ["Ingress"] }))).toEqual({
    who: "It is about all pods of the namespace.",
    ingress: ["Traffic to them is refused."],
    egress: ["Traffic from them is not limited by this policy."],
  });
});

test("peers and ports are told in words; an empty rule allows everything", () => {
  const words = policyWords(
    policy({
      podSelector: { matchLabels: { app: "db" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: "web" } } }, { namespaceSelector: {} }],
          ports: [{ port: 5432 }],
        },
        {
          from: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }],
          ports: [{ protocol: "UDP", port: 53, endPort: 60 }],
        },
      ],
      egress: [{}],
    }),
  );
  expect(words.who).toBe("It is about the pods with app=db.");
  expect(words.ingress).toEqual([
    "Traffic to them is refused, but for traffic",
    "from pods with app=web of this namespace or all pods of any namespace on TCP 5432",
    "from addresses in 10.0.0.0/8 except 10.1.0.0/16 on UDP 53–60",
  ]);
  expect(words.egress).toEqual(["Traffic from them is refused, but for traffic", "to anywhere on any port"]);
});
