import { type Agent, request } from "node:http";

/** What the publisher said. */
export interface Published {
  status: number;
  body: string;
}

/** Posts one event in structured mode. Rejects when there is no answer within `patienceMs`. */
export function postEvent(port: number, agent: Agent, event: string, patienceMs: number): Promise<Published> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/cloudevents+json",
      "content-length": Buffer.byteLength(event),
    };
    const outgoing = request(
      { host: "127.0.0.1", port, agent, method: "POST", path: "/publish", headers, timeout: patienceMs },
      (incoming) => {
        let body = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (text: string) => (body += text));
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body })).on("error", reject);
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer"))).on("error", reject);
    outgoing.end(event);
  });
}
