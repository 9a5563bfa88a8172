import type { KubeClient } from "@kyma/kube/client.ts";
import { createHash } from "node:crypto";
import type { Caller, EndReason } from "../graphql/context.ts";

/** Somebody else as whom a person looks at the cluster. */
export interface Impersonated {
  user: string;
  groups: string[];
  uid?: string;
}

/** What an Acting needs from the session that it belongs to. */
interface Owner {
  touch(): boolean;
  signOut(): void;
}

/**
 * As whom a session acts from one switch to the next. Whoever got it keeps its rights until it ends: a live view that began under one
 * identity never goes on under another.
 */
export class Acting<O extends Owner = Owner> implements Caller {
  readonly kube: KubeClient;
  readonly identity: string;
  readonly user: string;
  readonly impersonated: Impersonated | undefined;
  readonly session: O;
  readonly #release: () => void;
  readonly #endListeners = new Set<(reason: EndReason) => void>();
  #over = false;

  constructor(
    session: O,
    as: { kube: KubeClient; identity: string; user: string; release?: () => void },
    impersonated?: Impersonated,
  ) {
    this.session = session;
    this.kube = as.kube;
    this.identity = as.identity;
    this.user = as.user;
    this.impersonated = impersonated;
    this.#release = as.release ?? (() => undefined);
  }

  /** Tells identities apart without giving one away. */
  get key(): string {
    return createHash("sha256").update(this.identity).digest("base64url").slice(0, 16);
  }

  touch(): boolean {
    return !this.#over && this.session.touch();
  }

  signOut(): void {
    this.session.signOut();
  }

  onEnd(listener: (reason: EndReason) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  end(reason: EndReason): void {
    if (this.#over) return;
    this.#over = true;
    for (const listener of this.#endListeners) listener(reason);
    this.#endListeners.clear();
    this.#release();
  }
}
