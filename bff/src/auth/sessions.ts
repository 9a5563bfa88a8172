import { KubeClient } from "@kyma/kube/client.ts";
import { createHash, randomBytes } from "node:crypto";
import type { Caller } from "../graphql/context.ts";
import { Acting, type Impersonated } from "./acting.ts";
import { ClientPool } from "./client-pool.ts";
import type { SessionFile, SessionRecord } from "./session-file.ts";

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

/** A signed-in browser. */
export class Session {
  readonly credentials: Credentials;
  readonly #times: SessionTimes;
  readonly #pool: ClientPool;
  readonly startedAt: number;
  readonly #endListeners = new Set<() => void>();
  readonly #switchListeners = new Set<() => void>();
  #acting: Acting<Session>;
  touchedAt: number;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  /** `since`: when it was started and used last, if that was before a restart. */
  constructor(
    credentials: Credentials,
    times: SessionTimes,
    pool: ClientPool,
    since?: Pick<SessionRecord, "startedAt" | "touchedAt">,
  ) {
    this.credentials = credentials;
    this.startedAt = since?.startedAt ?? Date.now();
    this.touchedAt = since?.touchedAt ?? this.startedAt;
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
    for (const listener of this.#switchListeners) listener();
  }

  /** Called whenever the session begins to act as somebody else. */
  onSwitch(listener: () => void): void {
    this.#switchListeners.add(listener);
  }

  /** Notes activity. False: the session is over. */
  touch(): boolean {
    if (!this.#over && this.#msLeft() <= 0) this.signOut();
    if (!this.#over) this.touchedAt = Date.now();
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
    return Math.min(this.touchedAt + idleMs, this.startedAt + absoluteMs, endsAt) - Date.now();
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

/** How late a session's last use may be told to the file. */
const lateMs = 60_000;

/** The sessions of this process, found by the hash of their id so that neither memory dumps nor timing give an id away. */
export class Sessions {
  /** Connections that sessions have in common. */
  readonly pool = new ClientPool();
  readonly #byHash = new Map<string, Session>();
  readonly #times: SessionTimes;
  readonly #file: SessionFile | undefined;

  constructor(times: SessionTimes = defaultSessionTimes, file?: SessionFile) {
    this.#times = times;
    this.#file = file;
  }

  get count(): number {
    return this.#byHash.size;
  }

  /** Takes up the sessions that the link's credentials had before a restart. */
  restore(credentials: Credentials): void {
    for (const { hash, impersonated, ...since } of this.#file?.read() ?? []) {
      const session = new Session(credentials, this.#times, this.pool, since);
      if (session.over) continue;
      if (impersonated) session.viewAs(toImpersonated(impersonated));
      this.#hold(hash, session);
    }
  }

  /** Starts a session under a new id of 256 random bits. */
  start(credentials: Credentials): { id: string; session: Session } {
    const oldest = this.#byHash.values().next();
    if (this.#byHash.size >= mostSessions && !oldest.done) oldest.value.signOut();
    const id = randomBytes(32).toString("base64url");
    const session = new Session(credentials, this.#times, this.pool);
    this.#hold(hashOf(id), session);
    this.#keep(0);
    return { id, session };
  }

  /** The session of a cookie value that still lives; counts as activity. */
  find(id: string | undefined): Session | undefined {
    if (!id || id.length !== 43) return undefined;
    const session = this.#byHash.get(hashOf(id));
    if (!session?.touch()) return undefined;
    this.#keep(lateMs);
    return session;
  }

  /** Ends all that runs for anybody; the next process takes the sessions up. */
  close(): void {
    this.#file?.flush();
    const sessions = [...this.#byHash.values()];
    this.#byHash.clear();
    for (const session of sessions) session.signOut();
  }

  #hold(hash: string, session: Session): void {
    this.#byHash.set(hash, session);
    session.onSwitch(() => this.#keep(0));
    session.onEnd(() => this.#byHash.delete(hash) && this.#keep(0));
  }

  #keep(withinMs: number): void {
    this.#file?.keep(() => this.#records(), withinMs);
  }

  #records(): SessionRecord[] {
    return [...this.#byHash].flatMap(([hash, { credentials, startedAt, touchedAt, acting }]) => {
      if (credentials.method !== "LINK") return [];
      const { impersonated } = acting;
      return { hash, startedAt, touchedAt, ...(impersonated ? { impersonated } : {}) };
    });
  }
}

function toImpersonated({ user, groups, uid }: NonNullable<SessionRecord["impersonated"]>): Impersonated {
  return { user, groups, ...(uid === undefined ? {} : { uid }) };
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
