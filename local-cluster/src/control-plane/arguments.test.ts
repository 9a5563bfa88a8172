import { expect, test } from "vitest";
import {
  apiserverArguments,
  controllerManagerArguments,
  etcdArguments,
  schedulerArguments,
} from "./arguments.ts";
import { layoutOf } from "./layout.ts";

const layout = layoutOf("/data");
const ports = { etcd: 1, etcdPeer: 2, apiserver: 3, controllerManager: 4, scheduler: 5 };

test("nothing listens anywhere but on loopback", () => {
  const listening = [
    ...etcdArguments(layout, ports).filter((argument) => argument.startsWith("--listen-")),
    ...[apiserverArguments, controllerManagerArguments, schedulerArguments].flatMap((build) =>
      build(layout, ports).filter((argument) => argument.startsWith("--bind-address")),
    ),
  ];
  expect(listening).toHaveLength(5);
  for (const argument of listening) expect(argument).toContain("127.0.0.1");
});

test("etcd asks every client and peer for a certificate, and syncs to disk", () => {
  const args = etcdArguments(layout, ports);
  expect(args).toEqual(expect.arrayContaining(["--client-cert-auth=true", "--peer-client-cert-auth=true"]));
  expect(args).not.toContain("--unsafe-no-fsync");
  expect(etcdArguments(layout, ports, { unsafeNoFsync: true })).toContain("--unsafe-no-fsync");
});

test("the API server authorizes nodes and roles and knows no anonymous user", () => {
  const args = apiserverArguments(layout, ports);
  expect(args).toEqual(expect.arrayContaining(["--anonymous-auth=false", "--authorization-mode=Node,RBAC"]));
});

test("egress, audit and extra arguments appear only on request", () => {
  const plain = apiserverArguments(layout, ports).join(" ");
  expect(plain).not.toMatch(/egress|audit/);
  const args = apiserverArguments(layout, ports, {
    egress: true,
    auditLog: "/data/audit.log",
    extraApiserverArguments: ["--v=2"],
  });
  expect(args).toContain("--egress-selector-config-file=/data/run/egress-selector.json");
  expect(args).toContain("--audit-log-path=/data/audit.log");
  expect(args.at(-1)).toBe("--v=2");
});
