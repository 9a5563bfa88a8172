import { parseArgs } from "node:util";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import pino from "pino";
import { startGateway } from "./gateway.ts";

const log = pino({ name: "gateway", level: process.env["LOG_LEVEL"] ?? "info" });

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    "edge-port": { type: "string" },
    "in-cluster-port": { type: "string" },
    "admin-port": { type: "string" },
  },
});

function port(name: "edge-port" | "in-cluster-port" | "admin-port"): number {
  const number = Number(values[name]);
  if (values[name] === undefined || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new Error(`--${name} needs a port number`);
  }
  return number;
}

async function main(): Promise<void> {
  if (values.kubeconfig === undefined) throw new Error("--kubeconfig needs a file");
  const connection = connect(loadKubeConfig(values.kubeconfig), { userAgent: "kyma-gateway" });
  const gateway = await startGateway({
    client: new KubeClient(connection),
    log,
    edgePort: port("edge-port"),
    inClusterPort: port("in-cluster-port"),
    adminPort: port("admin-port"),
  });
  const { edgePort, inClusterPort, adminPort } = gateway;
  log.info({ edgePort, inClusterPort, adminPort }, "the gateway listens");
  const end = () => {
    void gateway.stop().then(() => {
      connection.close();
      process.exit(0);
    });
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

main().catch((error: unknown) => {
  log.error((error as Error).message);
  process.exit(1);
});
