import { QueryClient, QueryClientProvider, QueryObserver } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { NotFoundError, UnavailableError } from "./errors.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";
import { applyPart, liveQuery, useLive } from "./live.ts";
import * as subscribing from "./subscribe.ts";

type Message = { rows: string[]; snapshot: boolean };
const document = "subscription X" as unknown as TypedDocumentString<Message, object>;
const reduce = (state: string[] | undefined, { data }: { data: Message }) =>
  data.snapshot ? data.rows : [...(state ?? []), ...data.rows];
const source = { document, variables: {}, reduce };

/** Plays one script per subscription; a script that does not end hangs like a live stream, until it is aborted. */
function play(...scripts: (Message | Error | "end")[][]): { returned: () => number } {
  let returned = 0;
  let next = 0;
  vi.spyOn(subscribing, "retryDelay").mockReturnValue(1);
  vi.spyOn(subscribing, "subscribe").mockImplementation(async function* (_document, _variables, signal) {
    const script = scripts[next] ?? [];
    next += 1;
    try {
      for (const step of script) {
        if (step === "end") return;
        if (step instanceof Error) throw step;
        yield step;
      }
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    } finally {
      returned += 1;
    }
  });
  return { returned: () => returned };
}

function observe() {
  const client = new QueryClient();
  const observer = new QueryObserver(client, liveQuery(source));
  const stop = observer.subscribe(() => {});
  return { client, stop, result: () => observer.getCurrentResult() };
}

const first: Message = { rows: ["a", "b"], snapshot: true };
afterEach(() => vi.restoreAllMocks());

describe("useLive", () => {
  it("shows what the source before has brought until the next one brings something, where it is asked to", async () => {
    let answer: (message: Message) => void = () => undefined;
    const late = new Promise<Message>((resolve) => (answer = resolve));
    vi.spyOn(subscribing, "subscribe").mockImplementation(async function* (_document, variables, signal) {
      yield "late" in variables ? await late : first;
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    });
    const client = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) =>
      createElement(QueryClientProvider, { client }, children);
    const { result, rerender } = renderHook(
      (variables: object) => useLive({ ...source, variables, keepsLast: true }),
      { wrapper, initialProps: {} },
    );
    await waitFor(() => expect(result.current).toMatchObject({ value: ["a", "b"], isEarlier: false }));
    rerender({ late: true });
    expect(result.current).toMatchObject({ value: ["a", "b"], isEarlier: true });
    answer({ rows: ["z"], snapshot: true });
    await waitFor(() => expect(result.current).toMatchObject({ value: ["z"], isEarlier: false }));
  });
});

describe("liveQuery", () => {
  it("adds messages up", async () => {
    play([first, { rows: ["c"], snapshot: false }]);
    const { result, stop } = observe();
    await vi.waitFor(() => expect(result().data?.value).toEqual(["a", "b", "c"]));
    stop();
  });
  it("opens the stream again when the server ends it, and the new snapshot replaces the rows", async () => {
    play([first, "end"], [{ rows: ["z"], snapshot: true }]);
    const { result, stop } = observe();
    await vi.waitFor(() => expect(result().data?.value).toEqual(["z"]));
    expect(result().data?.lost).toBeUndefined();
    stop();
  });
  it("keeps the rows and says what is lost while the cluster is unavailable", async () => {
    play(
      [first, new UnavailableError("the API server is away", "UNAVAILABLE")],
      [new UnavailableError("the API server is away", "UNAVAILABLE")],
    );
    const { result, stop } = observe();
    await vi.waitFor(() => expect(result().data?.lost).toBe("the API server is away"));
    expect(result().data?.value).toEqual(["a", "b"]);
    stop();
  });
  it("fails with any other error instead of trying for ever", async () => {
    play([new NotFoundError("no such kind", "NOT_FOUND")]);
    const { result, stop } = observe();
    await vi.waitFor(() => expect(result().error?.message).toBe("no such kind"));
    stop();
  });
  it("closes the stream when the last view goes, and starts with a snapshot when one comes back", async () => {
    const { returned } = play([first], [{ rows: ["new"], snapshot: true }]);
    const { client, result, stop } = observe();
    await vi.waitFor(() => expect(result().data?.value).toEqual(["a", "b"]));
    stop();
    await vi.waitFor(() => expect(returned()).toBe(1));
    const again = new QueryObserver(client, liveQuery(source));
    const stopAgain = again.subscribe(() => {});
    await vi.waitFor(() => expect(again.getCurrentResult().data?.value).toEqual(["new"]));
    stopAgain();
  });
});

describe("applyPart", () => {
  it("keeps the time of the first loss, since when what is shown may be old", () => {
    const live = { value: ["a"], lost: undefined, at: 10 };
    const lost = applyPart(reduce, live, { lost: "away", at: 20 });
    expect(applyPart(reduce, lost, { lost: "still away", at: 30 })).toMatchObject({
      lost: "still away",
      at: 20,
    });
  });
});

describe("retryDelay", () => {
  it("doubles up to a few seconds and never waits less than half of that", () => {
    const longest = [0, 1, 2, 3, 10, 1000].map((attempt) => subscribing.retryDelay(attempt, () => 1));
    expect(longest).toEqual([250, 500, 1000, 2000, 5000, 5000]);
    expect(subscribing.retryDelay(1000, () => 0)).toBe(2500);
  });
});
