import type { UseQueryResult } from "@tanstack/react-query";
import {
  experimental_streamedQuery as streamedQuery,
  keepPreviousData,
  queryOptions,
  useQuery,
} from "@tanstack/react-query";
import { currentConnection } from "./connection.ts";
import { errorMessage, UnavailableError } from "./errors.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";
import { retryDelay, subscribe } from "./subscribe.ts";

/** What one live query holds. `value` is undefined until the first message; `lost` says why no messages come at the moment. */
export interface Live<State> {
  value: State | undefined;
  lost: string | undefined;
  /** When (ms) the last message came, or the stream was lost. */
  at: number;
}

/** One message with the number of the connection that brought it: after a reconnect the server begins anew. */
export interface Chunk<Data> {
  data: Data;
  epoch: number;
  at: number;
}

/** A message of a stream, or that it is lost at the moment. */
export type Part<Data> = Chunk<Data> | { lost: string; at: number };

/** A subscription, how its messages add up, and (for streams that may end) what the last message looks like. */
export interface LiveSource<Data, Variables extends object, State> {
  document: TypedDocumentString<Data, Variables>;
  variables: Variables;
  /** Pure: the state after a message. Undefined is the state before the first. */
  reduce: (state: State | undefined, chunk: Chunk<Data>) => State;
  isLast?: (data: Data) => boolean;
  /** Tells streams with equal variables apart, e.g. the runs of a container that was restarted. */
  run?: string;
  /** Shows what the component's source before has brought until this one brings something. */
  keepsLast?: boolean;
}

/** The state after one part of the stream; pure. */
export function applyPart<Data, State>(
  reduce: (state: State | undefined, chunk: Chunk<Data>) => State,
  live: Live<State>,
  part: Part<Data>,
): Live<State> {
  if ("lost" in part) return { ...live, lost: part.lost, at: live.lost === undefined ? part.at : live.at };
  return { value: reduce(live.value, part), lost: undefined, at: part.at };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** Subscribes again when the server ends the stream or is short of something; other errors are thrown. */
export async function* endless<Data, Variables extends object>(
  source: Pick<LiveSource<Data, Variables, unknown>, "document" | "variables" | "isLast">,
  signal: AbortSignal,
): AsyncGenerator<Part<Data>> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    let lost = "The server ended the live view; it is opened again.";
    try {
      for await (const data of subscribe(source.document, source.variables, signal)) {
        attempt = 0;
        yield { data, epoch: currentConnection().epoch, at: Date.now() };
        if (source.isLast?.(data)) return;
      }
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      lost = errorMessage(error);
    }
    if (signal.aborted) return;
    yield { lost, at: Date.now() };
    await pause(retryDelay(attempt + 1), signal);
  }
}

/**
 * Options of a query that holds a live stream. `append` with a reducer, no retry and staleTime 0 are what makes it right: the stream
 * reconnects by itself, and whenever it starts anew its snapshot replaces the state.
 */
export function liveQuery<Data, Variables extends object, State>(source: LiveSource<Data, Variables, State>) {
  const initial: Live<State> = { value: undefined, lost: undefined, at: 0 };
  return queryOptions({
    queryKey: ["live", source.document.toString(), source.variables, source.run],
    queryFn: streamedQuery<Part<Data>, Live<State>>({
      streamFn: ({ signal }) => endless(source, signal),
      reducer: (live, part) => applyPart(source.reduce, live, part),
      initialValue: initial,
      refetchMode: "append",
    }),
    staleTime: 0,
    gcTime: 30_000,
    retry: false,
    networkMode: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: false,
  });
}

/** A live stream for a component, closed when the last component that uses it goes. */
export interface LiveResult<State> {
  value: State | undefined;
  /** Why no messages come at the moment although the socket may be up. */
  lost: string | undefined;
  /** When (ms) the last message came, or the stream was lost. */
  at: number;
  error: Error | null;
  /** Whether the value is what the source before brought (see `keepsLast`). */
  isEarlier: boolean;
  retry: () => void;
}

/** Uses a live source. The same source in several components is one subscription. */
export function useLive<Data, Variables extends object, State>(
  source: LiveSource<Data, Variables, State>,
  enabled = true,
): LiveResult<State> {
  const options = { ...liveQuery(source), enabled };
  const query = useQuery(source.keepsLast ? { ...options, placeholderData: keepPreviousData } : options);
  return toLiveResult(query as UseQueryResult<Live<State>>);
}

function toLiveResult<State>(query: UseQueryResult<Live<State>>): LiveResult<State> {
  return {
    value: query.data?.value,
    lost: query.data?.lost,
    at: query.data?.at ?? 0,
    error: query.error,
    isEarlier: query.isPlaceholderData,
    retry: () => void query.refetch(),
  };
}
