import { KubeClient } from "@kyma/kube/client.ts";
import { createHash, randomBytes } from "node:crypto";
import type { Caller } from "../graphql/context.ts";
import { Acting, type Impersonated } from "./acting.ts";
import { ClientPool } from "./client-pool.ts";

/** Whose rights a session has at the API server. */
export interface Credentials {
  kube: KubeClient;
  /** Equal only for equal credentials. */
  identity: string;
  user: string;
  method: "LINK" | "TOKEN";
  /** Epoch milliseconds at which the credentials expire, and the session with them. */
  endsAt?: number;
  /** Gives the connection back when the session ends. */
  release?: () => void;
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
  readonly credentials: Credentials;
  readonly #times: SessionTimes;
  readonly #pool: ClientPool;
  readonly #startedAt = Date.now();
  readonly #endListeners = new Set<() => void>();
  #acting: Acting<Session>;
  #touchedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(credentials: Credentials, times: SessionTimes, pool: ClientPool) {
    this.credentials = credentials;
    this.#times = times;
    this.#pool = pool;
    this.#acting = this.#asOneself();
    this.#arm();
  }

  get over(): boolean {
    return this.#over;
  }

  /** As whom requests are made now. */
  get acting(): Acting<Session> {
    return this.#acting;
  }

  /**
   * From now on requests are made as somebody else, or (undefined) as the person again. Everything that runs under the identity until now
   * ends. Whether the person may do so is asked before; the API server checks every request all the same.
   */
  viewAs(impersonated: Impersonated | undefined): void {
    if (this.#over) return;
    const before = this.#acting;
    this.#acting = impersonated ? this.#impersonate(impersonated) : this.#asOneself();
    before.end("switched");
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
    this.#acting.end("signed out");
    for (const listener of this.#endListeners) listener();
    this.#endListeners.clear();
    this.credentials.release?.();
  }

  /** Called once when the session ends, for whatever reason; returns how to stop listening. */
  onEnd(listener: () => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  #asOneself(): Acting<Session> {
    const { kube, identity, user } = this.credentials;
    return new Acting(this, { kube, identity, user });
  }

  #impersonate(target: Impersonated): Acting<Session> {
    const { user, groups, uid } = target;
    const identity = `${this.credentials.identity}|as:${JSON.stringify([user, [...groups].sort(), uid ?? ""])}`;
    const lease = this.#pool.lease(identity, () => impersonating(this.credentials.kube, target));
    return new Acting(this, { ...lease, identity, user }, target);
  }

  #msLeft(): number {
    const { idleMs, absoluteMs } = this.#times;
    const { endsAt = Infinity } = this.credentials;
    return Math.min(this.#touchedAt + idleMs, this.#startedAt + absoluteMs, endsAt) - Date.now();
  }

  #arm(): void {
    const left = this.#msLeft();
    if (left <= 0) return this.signOut();
    // A timer takes at most 2^31 ms; a touch only moves the end, the timer looks again when it fires.
    this.#timer = setTimeout(() => this.#arm(), Math.min(left, 2 ** 31 - 1)).unref();
  }
}

/** The same credentials, speaking for somebody else. */
export function impersonating(kube: KubeClient, target: Impersonated): KubeClient {
  const { user, groups, uid } = target;
  return new KubeClient(kube.connection.as({ user, groups, ...(uid ? { uid } : {}) }));
}

/** The sessions of this process, found by the hash of their id so that neither memory dumps nor timing give an id away. */
export class Sessions {
  /** Connections that sessions have in common. */
  readonly pool = new ClientPool();
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
    const session = new Session(credentials, this.#times, this.pool);
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

/** The session behind a caller; every caller that the server hands on has one. */
export function sessionOf(caller: Caller): Session {
  return actingOf(caller).session;
}

/** As whom the caller's session acts. */
export function actingOf(caller: Caller): Acting<Session> {
  if (caller instanceof Acting && caller.session instanceof Session) return caller as Acting<Session>;
  throw new TypeError("this caller has no session");
}
