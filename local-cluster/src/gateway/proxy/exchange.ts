import type { Endpoint, ServicePort } from "../config/services.ts";
import type { RoutingTable, WorkloadPolicies } from "../config/table.ts";
import type { HeaderList } from "./headers.ts";

/** A request in canonical form, from either listener. */
export interface Exchange {
  table: RoutingTable;
  method: string;
  path: string;
  query: string;
  /** Canonical host; also the Host header that is sent on. */
  host: string;
  /** All names of what is asked for, the canonical one first. */
  hosts: readonly string[];
  /** The port the caller dialled. */
  port: number;
  /** Without Host. */
  headers: HeaderList;
  clientAddress: string;
  principal: string | undefined;
}

/** What the request is counted under. */
export interface RouteLabels {
  virtualService: string;
  route: string;
}

/** Changes to the headers of whatever answer comes. */
export type ResponseChange = (headers: HeaderList) => HeaderList;

/** The gateway answers by itself. */
export interface Answer extends RouteLabels {
  kind: "answer";
  status: number;
  headers: HeaderList;
  body: string;
  /** Whether the connection is closed behind it, since what was sent may not be what it seems. */
  close?: boolean;
}

/** The request goes to an endpoint. */
export interface Forward extends RouteLabels {
  kind: "forward";
  port: ServicePort;
  endpoint: Endpoint;
  /** Another endpoint may stand in only if these hold for it too: they have been passed. */
  policies: WorkloadPolicies;
  table: RoutingTable;
  method: string;
  target: string;
  /** With Host. */
  headers: HeaderList;
  /** From the end of the request to the end of the answer; 0 for none. */
  timeoutMs: number;
  change: ResponseChange;
}

export type Decision = Answer | Forward;

export const unrouted: RouteLabels = { virtualService: "", route: "" };
export const unchanged: ResponseChange = (headers) => headers;
const plainText = ["content-type", "text/plain; charset=utf-8"];

export function answer(
  status: number,
  body: string,
  labels: RouteLabels = unrouted,
  headers: HeaderList = [],
): Answer {
  return {
    kind: "answer",
    status,
    body: body === "" ? "" : `${body}\n`.trimEnd(),
    headers: body === "" ? headers : [...plainText, ...headers],
    virtualService: labels.virtualService,
    route: labels.route,
  };
}
