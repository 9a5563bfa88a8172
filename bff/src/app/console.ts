import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { accessArea } from "../access/resolvers.ts";
import { whoCanArea } from "../access/who-can/resolvers.ts";
import { apiRulesArea } from "../api-rules/resolvers.ts";
import { hasTestIssuer } from "../api-rules/test-issuer.ts";
import { sessionCookieName } from "../auth/cookie.ts";
import { allowedHosts } from "../auth/request-guard.ts";
import { authArea } from "../auth/resolvers.ts";
import { SessionFile } from "../auth/session-file.ts";
import { defaultSessionTimes, Sessions, type Credentials, type SessionTimes } from "../auth/sessions.ts";
import { SignInLink } from "../auth/sign-in-link.ts";
import { ComponentsFile } from "../components/components-file.ts";
import { componentsArea } from "../components/resolvers.ts";
import { editingArea } from "../editing/resolvers.ts";
import { deliveryPart } from "../eventing/delivery-part.ts";
import { eventingArea } from "../eventing/resolvers.ts";
import { functionsArea } from "../functions/resolvers.ts";
import type { Area } from "../graphql/schema.ts";
import { GraphqlSockets, type SocketLimits } from "../graphql/socket.ts";
import { createGraphql } from "../graphql/yoga.ts";
import { endpointsPart } from "../networking/endpoints-part.ts";
import { networkingArea } from "../networking/resolvers.ts";
import { objectPagesArea } from "../object-pages/resolvers.ts";
import type { GrowingPart, ObjectPart } from "../resources/page-part.ts";
import { LiveSets } from "../resources/live-sets.ts";
import { logsArea } from "../logs/resolvers.ts";
import { metricsArea, metricsPart } from "../metrics/metrics-part.ts";
import { overviewArea } from "../overview/resolvers.ts";
import { resourcesArea } from "../resources/resolvers.ts";
import { searchArea } from "../search/resolvers.ts";
import { tablesArea } from "../tables/resolvers.ts";
import { Tables } from "../tables/tables.ts";
import { workloadParts } from "../workloads/parts.ts";
import { workloadsArea } from "../workloads/resolvers.ts";
import { Terminals, type TerminalLimits } from "../terminal/terminals.ts";
import type { Config } from "./config.ts";
import { Metrics } from "./metrics.ts";
import { openMetricsPort, type MetricsPort } from "./metrics-port.ts";
import { readiness } from "./readiness.ts";
import { consoleRoutes, consoleSockets } from "./console-routes.ts";
import type { Route, SocketRoute } from "./routes.ts";
import { createConsoleServer } from "./server.ts";
import { StaticFiles } from "./static-files.ts";

export interface ConsoleOptions {
  config: Config;
  log: Logger;
  sessionTimes?: SessionTimes;
  socketLimits?: Partial<SocketLimits>;
  terminalLimits?: Partial<TerminalLimits>;
  /** Milliseconds for which the download of a list waits for it. */
  downloadWaitMs?: number;
}

export interface Console {
  /** e.g. http://127.0.0.1:4000 */
  url: string;
  /** Where a Prometheus reads; undefined without --metrics-port. */
  metricsUrl: string | undefined;
  /** What is served besides files and the probes of health. */
  routes: readonly Route[];
  sockets: readonly SocketRoute[];
  close(): Promise<void>;
}

/** Puts the parts together and listens. Rejects when the kubeconfig cannot be read or the port is taken. */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { config, log, sessionTimes, socketLimits, terminalLimits } = options;
  const credentials = readCredentials(config);
  const components = new ComponentsFile(config.componentsFile);
  const liveSets = new LiveSets();
  const tables = new Tables(liveSets);
  const metrics = new Metrics();
  const sessions = keptSessions(config, credentials, sessionTimes);
  const areas = buildAreas(config, { credentials, components, liveSets, tables });
  const graphql = createGraphql({ areas, log, onOperation: metrics.onOperation });
  const sockets = new GraphqlSockets({ graphql, log, ...(socketLimits ? { limits: socketLimits } : {}) });
  metrics.watch({ sockets, sessions, liveSets });
  const bound: Bound = {};
  const cookieName = (): string => sessionCookieName(bound.port ?? 0);
  const shared = { cookieName, sessions, log };
  const routes = consoleRoutes({
    ...shared,
    signInLink: () => bound.link ?? new SignInLink(config.signInFile, ""),
    access: credentials.kube.connection.access,
    tables,
    downloadWaitMs: options.downloadWaitMs,
    credentials,
    graphql,
    metrics,
  });
  const socketRoutes = consoleSockets({ graphql: sockets, terminals: new Terminals(log, terminalLimits) });
  const server = createConsoleServer({
    ...shared,
    hosts: () => bound.hosts ?? new Set(),
    files: new StaticFiles(config.staticDir),
    sockets: socketRoutes,
    routes,
    isReady: readiness(credentials.kube, components),
  });
  const scraped = await openMetricsPort(metrics, config.metricsPort);
  await components.open();
  const url = await listen(server, config, bound);
  const parts = { server, sessions, sockets, liveSets, components, credentials, bound, scraped };
  return { url, metricsUrl: scraped?.url, routes, sockets: socketRoutes, close: () => closeAll(parts) };
}

function keptSessions(config: Config, credentials: Credentials, times?: SessionTimes): Sessions {
  const file = config.sessionFile ? new SessionFile(config.sessionFile, credentials.identity) : undefined;
  const sessions = new Sessions(times ?? defaultSessionTimes, file);
  sessions.restore(credentials);
  return sessions;
}

interface Parts {
  server: ReturnType<typeof createConsoleServer>;
  sessions: Sessions;
  sockets: GraphqlSockets;
  liveSets: LiveSets;
  components: ComponentsFile;
  credentials: Credentials;
  bound: Bound;
  scraped: MetricsPort | undefined;
}

async function closeAll(parts: Parts): Promise<void> {
  parts.server.close();
  parts.scraped?.close();
  parts.sessions.close();
  await Promise.all([parts.sockets.close(), parts.bound.link?.remove()]);
  parts.liveSets.close();
  parts.components.close();
  parts.server.closeAllConnections();
  parts.credentials.kube.connection.close();
}

/** What is known only once the port is open. */
interface Bound {
  port?: number;
  hosts?: Set<string>;
  link?: SignInLink;
}

async function listen(
  server: ReturnType<typeof createConsoleServer>,
  config: Config,
  bound: Bound,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  bound.port = port;
  bound.hosts = allowedHosts(port, config.allowedHost);
  bound.link = new SignInLink(config.signInFile, url);
  await bound.link.renew();
  return url;
}

function readCredentials(config: Config): Credentials {
  const access = loadKubeConfig(config.kubeconfig, config.context);
  const kube = new KubeClient(connect(access, { userAgent: "kyma-console" }));
  return { kube, identity: `kubeconfig:${access.context}`, user: access.user, method: "LINK" };
}

/** What areas add to the page of any object. */
const partsOfAreas: (ObjectPart | GrowingPart)[] = [
  deliveryPart,
  endpointsPart,
  metricsPart,
  ...workloadParts,
];

interface AreaParts {
  credentials: Credentials;
  components: ComponentsFile;
  liveSets: LiveSets;
  tables: Tables;
}

function buildAreas(config: Config, { credentials, components, liveSets, tables }: AreaParts): Area[] {
  const local = config.componentsFile !== undefined;
  const { access } = credentials.kube.connection;
  return [
    authArea({ cluster: local ? "local" : access.context, local, hasTestIssuer }),
    accessArea(),
    whoCanArea(),
    networkingArea(),
    componentsArea(components),
    resourcesArea(liveSets),
    logsArea(liveSets),
    objectPagesArea(liveSets, partsOfAreas),
    workloadsArea(),
    editingArea(),
    overviewArea(liveSets),
    metricsArea,
    searchArea(liveSets),
    tablesArea(tables),
    eventingArea(liveSets),
    functionsArea({
      typings: new URL("../../../data-plane/function-runtime/src/typings/function.d.ts", import.meta.url),
    }),
    apiRulesArea({
      gatewayAddress: config.gatewayAddress,
      gatewayMetricsUrl: config.gatewayMetricsUrl,
      gatewayUrlTemplate: config.gatewayUrlTemplate,
    }),
  ];
}
