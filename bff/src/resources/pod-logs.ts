import type { KubeClient } from "@kyma/kube/client.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";
import { LogLines, type LogLine } from "./log-lines.ts";

export interface LogInput {
  container?: string | null;
  follow?: boolean | null;
  previous?: boolean | null;
  tailLines?: number | null;
  sinceSeconds?: number | null;
}

interface LogMessage {
  lines: LogLine[];
  ended: boolean;
}

const mostTailLines = 10_000;

/** Batches of lines as they come. The next chunk is read when the reader asks for it: a slow reader slows the pod's log, not the BFF. */
export function podLogs(
  kube: KubeClient,
  pod: ObjectKey,
  input: LogInput,
): AsyncIterableIterator<LogMessage> {
  return new LogStream(kube, pod, input);
}

class LogStream implements AsyncIterableIterator<LogMessage> {
  readonly #stop = new AbortController();
  readonly #messages: AsyncGenerator<LogMessage>;

  constructor(kube: KubeClient, pod: ObjectKey, input: LogInput) {
    this.#messages = read(kube, pod, checkInput(input), this.#stop.signal);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<LogMessage, undefined>> {
    try {
      return (await this.#messages.next()) as IteratorResult<LogMessage, undefined>;
    } catch (error) {
      if (this.#stop.signal.aborted) return { done: true, value: undefined };
      throw error;
    }
  }

  /** Ends a read that waits, which the generator's own return() would wait for. */
  return(): Promise<IteratorResult<LogMessage, undefined>> {
    this.#stop.abort();
    return Promise.resolve({ done: true, value: undefined });
  }
}

async function* read(
  kube: KubeClient,
  pod: ObjectKey,
  input: LogInput,
  signal: AbortSignal,
): AsyncGenerator<LogMessage> {
  const body = await kube.logs(pod, { ...toOptions(input), timestamps: true, signal });
  const lines = new LogLines();
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const complete = lines.push(chunk);
      if (complete.length) yield { lines: complete, ended: false };
    }
    yield { lines: lines.end(), ended: true };
  } finally {
    body.destroy();
  }
}

function toOptions(input: LogInput): {
  container?: string;
  follow: boolean;
  previous: boolean;
  tailLines?: number;
  sinceSeconds?: number;
} {
  return {
    follow: input.follow ?? true,
    previous: input.previous ?? false,
    ...(input.container ? { container: input.container } : {}),
    ...(typeof input.tailLines === "number" ? { tailLines: input.tailLines } : {}),
    ...(typeof input.sinceSeconds === "number" ? { sinceSeconds: input.sinceSeconds } : {}),
  };
}

function checkInput(input: LogInput): LogInput {
  const { tailLines, sinceSeconds } = input;
  if (typeof tailLines === "number" && (tailLines < 0 || tailLines > mostTailLines)) {
    throw badInput(`tailLines must be between 0 and ${mostTailLines}`);
  }
  if (typeof sinceSeconds === "number" && sinceSeconds < 1) throw badInput("sinceSeconds must be at least 1");
  return input;
}
