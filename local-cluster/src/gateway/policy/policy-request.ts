import type { HeaderList } from "../proxy/headers.ts";

/** A verified token. */
export interface TokenIdentity {
  /** "issuer/subject"; undefined when the token lacks one of them. */
  principal: string | undefined;
  claims: Readonly<Record<string, unknown>>;
  /** Claims whose text is a list separated by spaces. */
  spaceDelimited: ReadonlySet<string>;
}

/** What of a request policies can refer to. */
export interface PolicyRequest {
  method: string;
  path: string;
  /** Every name of what is asked for: one at the edge, all names of the Service inside the cluster. */
  hosts: readonly string[];
  /** The port the caller dialled. */
  hostPort: number;
  headers: HeaderList;
  /** Undefined for callers without mutual TLS. */
  principal: string | undefined;
  sourceIp: string;
  destinationIp: string;
  destinationPort: number;
  token: TokenIdentity | undefined;
}

export type Condition = (request: PolicyRequest) => boolean;
