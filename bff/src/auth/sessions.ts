import type { KubeClient } from "@kyma/kube/client.ts";
import { createHash, randomBytes } from "node:crypto";

/** Whose rights a session has at the API server. */
export interface Credentials {
  kube: KubeClient;
  /** Equal only for equal credentials. */
  identity: string;
  user: string;
}

export interface SessionTimes {
  /** Milliseconds without a request after which a session ends. */
  idleMs: number;
  /** Milliseconds after which it ends in any case. */
  absoluteMs: number;
}

const hour = 3_600_000;
export const defaultSessionTimes: SessionTimes = { idleMs: 12 * hour, absoluteMs: 7 * 24 * hour };
const mostSessions = 1000;

/** A signed-in browser. Lives in memory only: a restart of the BFF ends it. */
export class Session {
  readonly kube: KubeClient;
  readonly identity: string;
  readonly user: string;
  readonly #times: SessionTimes;
  readonly #startedAt = Date.now();
  readonly #endListeners = new Set<() => void>();
  #touchedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(credentials: Credentials, times: SessionTimes) {
    this.kube = credentials.kube;
    this.identity = credentials.identity;
    this.user = credentials.user;
    this.#times = times;
    this.#arm();
  }

  get over(): boolean {
    return this.#over;
  }

  /** Notes activity. False: the session is over. */
  touch(): boolean {
    if (!this.#over && this.#msLeft() <= 0) this.signOut();
    if (!this.#over) this.#touchedAt = Date.now();
    return !this.#over;
  }

  signOut(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    for (const listener of this.#endListeners) listener();
    this.#endListeners.clear();
  }

  /** Called once when the session ends, for whatever reason; returns how to stop listening. */
  onEnd(listener: () => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  #msLeft(): number {
    const { idleMs, absoluteMs } = this.#times;
    return Math.min(this.#touchedAt + idleMs, this.#startedAt + absoluteMs) - Date.now();
  }

  #arm(): void {
    const left = this.#msLeft();
    if (left <= 0) return this.signOut();
    // A timer takes at most 2^31 ms; a touch only moves the end, the timer looks again when it fires.
    this.#timer = setTimeout(() => this.#arm(), Math.min(left, 2 ** 31 - 1)).unref();
  }
}

/** The sessions of this process, found by the hash of their id so that neither memory dumps nor timing give an id away. */
export class Sessions {
  readonly #byHash = new Map<string, Session>();
  readonly #times: SessionTimes;

  constructor(times: SessionTimes = defaultSessionTimes) {
    this.#times = times;
  }

  get count(): number {
    return this.#byHash.size;
  }

  /** Starts a session under a new id of 256 random bits. */
  start(credentials: Credentials): { id: string; session: Session } {
    const oldest = this.#byHash.values().next();
    if (this.#byHash.size >= mostSessions && !oldest.done) oldest.value.signOut();
    const id = randomBytes(32).toString("base64url");
    const session = new Session(credentials, this.#times);
    const hash = hashOf(id);
    this.#byHash.set(hash, session);
    session.onEnd(() => this.#byHash.delete(hash));
    return { id, session };
  }

  /** The session of a cookie value that still lives; counts as activity. */
  find(id: string | undefined): Session | undefined {
    if (!id || id.length !== 43) return undefined;
    const session = this.#byHash.get(hashOf(id));
    return session?.touch() ? session : undefined;
  }

  endAll(): void {
    for (const session of this.#byHash.values()) session.signOut();
  }
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
