import { graphql } from "./generated/gql.ts";
import type { LogsSubscription, LogsSubscriptionVariables } from "./generated/graphql.ts";
import { errorMessage, UnavailableError } from "./errors.ts";
import { request } from "./request.ts";
import { retryDelay, subscribe } from "./subscribe.ts";

const LogsDocument = graphql(`
  subscription Logs($source: LogSource!, $options: LogOptions, $resume: [String!]) {
    logs(source: $source, options: $options, resume: $resume) {
      streams {
        index
        pod
        container
        kind
        restarts
        state
        message
      }
      sources
      times
      texts
      gaps {
        before
        stream
        count
      }
      cursors {
        stream
        token
      }
      liveness
      omitted
      ended
    }
  }
`);

const DebugPodDocument = graphql(`
  mutation DebugPod($namespace: String!, $pod: String!, $image: String!, $target: String) {
    debugPod(namespace: $namespace, pod: $pod, image: $image, target: $target)
  }
`);

export type LogBatch = LogsSubscription["logs"];
export type LogStreamInfo = LogBatch["streams"][number];
/** Which pods' logs: one pod, those of a workload, or those with labels. */
export type LogSource = LogsSubscriptionVariables["source"];
export type LogOptions = NonNullable<LogsSubscriptionVariables["options"]>;

export interface LogListener {
  batch: (batch: LogBatch) => void;
  /** No lines come at the moment; it is tried again. */
  lost: (message: string) => void;
  failed: (error: Error) => void;
}

/**
 * Reads logs until the returned function is called. After a lost connection it goes on where it was: the variables hold the newest
 * cursors, and the socket sends them as they are when it comes back.
 */
export function followLogs(source: LogSource, options: LogOptions, listener: LogListener): () => void {
  const stop = new AbortController();
  const cursors = new Map<string, string>();
  const variables: LogsSubscriptionVariables = { source, options, resume: null };
  const take = (batch: LogBatch) => {
    for (const { token } of batch.cursors) cursors.set(token.slice(0, token.indexOf(" ")), token);
    variables.resume = cursors.size === 0 ? null : [...cursors.values()];
    listener.batch(batch);
  };
  void run({ variables, take, listener, signal: stop.signal });
  return () => stop.abort();
}

async function run(parts: {
  variables: LogsSubscriptionVariables;
  take: (batch: LogBatch) => void;
  listener: LogListener;
  signal: AbortSignal;
}): Promise<void> {
  const { variables, take, listener, signal } = parts;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    let lost = "The server ended the log; it is opened again.";
    try {
      for await (const { logs } of subscribe(LogsDocument, variables, signal)) {
        attempt = 1;
        take(logs);
        if (logs.ended) return;
      }
    } catch (error) {
      if (!(error instanceof UnavailableError)) {
        if (!signal.aborted) listener.failed(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      lost = errorMessage(error);
    }
    if (signal.aborted) return;
    listener.lost(lost);
    await new Promise((resolve) => setTimeout(resolve, retryDelay(attempt)));
  }
}

/** The address of the whole log as a text file. */
export function logDownloadPath(source: LogSource, options: LogOptions): string {
  const { namespace, pod, workload, labelSelector } = source;
  const query = new URLSearchParams({ namespace });
  if (pod) query.set("pod", pod);
  if (labelSelector) query.set("labelSelector", labelSelector);
  if (workload) {
    query.set("group", workload.type.group ?? "");
    query.set("version", workload.type.version);
    query.set("plural", workload.type.plural);
    query.set("name", workload.name);
  }
  for (const container of options.containers ?? []) query.append("container", container);
  if (options.previous) query.set("previous", "true");
  return `/export/logs?${query.toString()}`;
}

/** Adds a debug container to a pod; answers its name. */
export async function debugPod(variables: {
  namespace: string;
  pod: string;
  image: string;
  target: string | null;
}): Promise<string> {
  return (await request(DebugPodDocument, variables)).debugPod;
}
