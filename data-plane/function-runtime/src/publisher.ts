import type { IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";
import type { AxiosResponse, AxiosStatic } from "axios";

/** Headers that carry a trace from the request that a Function handles to the events it emits. */
const traceHeaders = [
  "traceparent",
  "tracestate",
  "x-b3-traceid",
  "x-b3-spanid",
  "x-b3-parentspanid",
  "x-b3-sampled",
  "x-b3-flags",
];

let axios: AxiosStatic | undefined;

/** axios, loaded at the first use. */
export function loadAxios(): AxiosStatic {
  axios ??= createRequire(import.meta.url)("axios") as AxiosStatic;
  return axios;
}

/**
 * Posts an event in structured mode.
 * @returns axios' own promise, so that Functions can read status and data and catch what axios throws.
 */
export function publish(
  address: string,
  event: unknown,
  requestHeaders: IncomingHttpHeaders,
): Promise<AxiosResponse<unknown>> {
  const headers: Record<string, string> = { "content-type": "application/cloudevents+json" };
  for (const name of traceHeaders) {
    const value = requestHeaders[name];
    if (typeof value === "string") headers[name] = value;
  }
  return loadAxios().post<unknown>(address, JSON.stringify(event), { headers });
}
