import type { KubeClient } from "@kyma/kube/client.ts";
import type { Logger } from "pino";

/** Signed out (or the session's time is over), or the same session acts as somebody else from now on. */
export type EndReason = "signed out" | "switched";

/** Who asks. Every upstream call is made with `kube`, so with the rights of this person and no others. */
export interface Caller {
  readonly kube: KubeClient;
  /** Equal only for equal credentials: what may be shared between callers is keyed by it. */
  readonly identity: string;
  /** The name that logs carry. */
  readonly user: string;
  /** Notes activity. False: the session is over. */
  touch(): boolean;
  signOut(): void;
  /** Called once when this caller may not go on, for whatever reason; returns how to stop listening. */
  onEnd(listener: (reason: EndReason) => void): () => void;
}

export interface GraphqlContext {
  caller: Caller;
  transport: "http" | "websocket";
  /** Aborts when the client goes away. */
  signal: AbortSignal;
  log: Logger;
}
