import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import type { KubeAccess } from "@kyma/kube/kubeconfig.ts";
import type { Caller } from "../graphql/context.ts";

/** A caller of a test's own. `silenceMs`: how long a watch may say nothing. */
export function callerOf(access: KubeAccess, silenceMs = 55_000): Caller {
  const user = access.impersonate?.user ?? "admin";
  return {
    kube: new KubeClient(connect(access), { silenceMs }),
    identity: user,
    user,
    touch: () => true,
    signOut: () => undefined,
    onEnd: () => () => undefined,
  };
}

export interface Message {
  liveness: string;
  staleSince: string | null;
  snapshot: boolean;
  total: number;
  unfiltered: number;
  arriving: number;
  offset: number;
  order: string[] | null;
  rows: { key: string; name: string; cells: unknown[] }[];
  forbidden: string[];
}

/** Reads a window as the browser does and keeps what a person would see. */
export class WindowState {
  messages = 0;
  liveness = "";
  staleSince: string | null = null;
  total = -1;
  unfiltered = -1;
  /** Rows that the API server still has to send. */
  arriving = -1;
  forbidden: string[] = [];
  failure: unknown;
  readonly #rows = new Map<string, Message["rows"][number]>();
  readonly #stream: AsyncIterator<Message>;
  #order: string[] = [];
  #paused: Promise<void> | undefined;

  constructor(stream: AsyncIterable<unknown>) {
    this.#stream = stream[Symbol.asyncIterator]() as AsyncIterator<Message>;
    void this.#read();
  }

  /** Names in the window's order. */
  get names(): string[] {
    return this.#order.map((key) => this.#rows.get(key)?.name ?? "missing");
  }

  get cells(): unknown[][] {
    return this.#order.map((key) => this.#rows.get(key)?.cells.slice(0, 2) ?? []);
  }

  /** Takes nothing until it is told to go on. */
  pause(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#paused = promise;
    return resolve;
  }

  async leave(): Promise<void> {
    await this.#stream.return?.();
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        await this.#paused;
        const { done, value } = await this.#stream.next();
        if (done) return;
        this.#take(value);
      }
    } catch (error) {
      this.failure = error;
      this.#order = [];
    }
  }

  #take(message: Message): void {
    this.messages += 1;
    const { liveness, staleSince, total, unfiltered, arriving, forbidden } = message;
    Object.assign(this, { liveness, staleSince, total, unfiltered, arriving, forbidden });
    if (message.snapshot) this.#rows.clear();
    for (const row of message.rows) this.#rows.set(row.key, row);
    if (message.order) this.#order = message.order;
  }
}
