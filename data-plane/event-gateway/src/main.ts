import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { type KubeAccess, loadInClusterAccess } from "@kyma/kube/kubeconfig.ts";
import pino from "pino";
import { type GatewayConfig, readConfig } from "./config.ts";
import { EventGateway } from "./event-gateway.ts";

/** Ends the process with a sentence instead of a stack: the person can do something about it. */
function refuse(error: unknown): never {
  console.error(`The event gateway cannot start: ${error instanceof Error ? error.message : String(error)}.`);
  process.exit(1);
}

function readOrRefuse(): { config: GatewayConfig; access: KubeAccess } {
  try {
    return { config: readConfig(process.env), access: loadInClusterAccess(process.env) };
  } catch (error) {
    return refuse(error);
  }
}

const { config, access } = readOrRefuse();
const log = pino({ name: "event-gateway", level: config.logLevel });
const connection = connect(access, { userAgent: "kyma-event-gateway" });
const gateway = new EventGateway(config, new KubeClient(connection), log);
const ports = await gateway.start().catch(refuse);
log.info({ address: config.listenAddress, ...ports }, "the event gateway listens");

async function end(): Promise<void> {
  log.info("the event gateway ends");
  await gateway.stop();
  connection.close();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end());
