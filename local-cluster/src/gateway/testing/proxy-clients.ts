// Run as a process of its own, as a Function is: with HTTP_PROXY and NODE_USE_ENV_PROXY in its environment. Prints one JSON line.
import { once } from "node:events";
import http from "node:http";
import axios from "axios";
import { EnvHttpProxyAgent, fetch as undiciFetch, request as undiciRequest } from "undici";
import { WebSocket as Ws } from "ws";

const url = process.argv[2] ?? "";
const socketUrl = url.replace("http:", "ws:");
const body = JSON.stringify({ hello: "world" });
const headers = { "content-type": "application/json" };

async function viaHttp(agent?: http.Agent): Promise<string> {
  const request = http.request(url, { method: "POST", headers, ...(agent && { agent }) });
  request.end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  return (await response.toArray()).join("");
}

async function viaUndici(): Promise<string> {
  const dispatcher = new EnvHttpProxyAgent();
  const response = await undiciRequest(url, { method: "POST", headers, body, dispatcher });
  return response.body.text();
}

async function viaWs(): Promise<string> {
  // An agent of one's own uses the proxy only when told so.
  const agent = new http.Agent({ proxyEnv: process.env });
  const client = new Ws(socketUrl, { agent });
  await once(client, "open");
  client.send("hello");
  const [message] = (await once(client, "message")) as [Buffer];
  client.close();
  return message.toString();
}

async function viaWebSocket(): Promise<string> {
  const client = new WebSocket(socketUrl);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  client.addEventListener("open", () => client.send("hello"));
  client.addEventListener("message", (event: MessageEvent<string>) => resolve(event.data));
  client.addEventListener("error", () => reject(new Error("the WebSocket failed")));
  const answer = await promise;
  client.close();
  return answer;
}

const clients: Record<string, () => Promise<string>> = {
  http: () => viaHttp(),
  "http, own agent": () => viaHttp(new http.Agent({ keepAlive: true, proxyEnv: process.env })),
  fetch: async () => (await fetch(url, { method: "POST", headers, body })).text(),
  undici: viaUndici,
  "undici fetch": async () =>
    (await undiciFetch(url, { method: "POST", headers, body, dispatcher: new EnvHttpProxyAgent() })).text(),
  axios: async () => JSON.stringify((await axios.post<unknown>(url, { hello: "world" })).data),
  "axios, fetch adapter": async () =>
    JSON.stringify((await axios.post<unknown>(url, { hello: "world" }, { adapter: "fetch" })).data),
  ws: viaWs,
  WebSocket: viaWebSocket,
};

const results: Record<string, string> = {};
for (const [name, ask] of Object.entries(clients)) {
  results[name] = await ask().catch((error: unknown) => `failed: ${String(error)}`);
}
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
