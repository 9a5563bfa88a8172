import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { DeadLetters } from "./dead-letters.tsx";
import * as api from "./eventing-api.ts";
import { letter } from "./testing/letter.ts";

// Here everything is allowed.
vi.mock("#resources/access.ts", async (original) => ({
  ...(await original<object>()),
  useAccess: () => ({ allowed: true }),
}));

afterEach(() => vi.restoreAllMocks());

const numbered = (number: number) =>
  letter(number, { event: JSON.stringify({ type: "order.created.v1", id: `id-${number}` }) });

/** Dead letters in memory, which `break` makes unreadable: the whole request fails, or just what lies behind it. */
function storeOf(count: number) {
  const store = {
    letters: Array.from({ length: count }, (_, index) => numbered(count - index)),
    broken: undefined as "request" | "dispatcher" | undefined,
  };
  vi.spyOn(api, "readDeadLetters").mockImplementation(async (_scope, { limit, continue: from }) => {
    if (store.broken === "request") throw new Error("The server cannot be reached.");
    const message = "The event dispatcher gives no answer.";
    if (store.broken)
      return { deadLetters: [], continue: null, problems: [{ kind: "UNAVAILABLE", message }] };
    const left = store.letters.filter(({ name }) => from === null || Number(name) < Number(from));
    const deadLetters = left.slice(0, limit);
    const next = left.length > limit ? (deadLetters.at(-1)?.name ?? null) : null;
    return { deadLetters, continue: next, problems: [] };
  });
  vi.spyOn(api, "discardDeadLetter").mockImplementation(async ({ name }) => {
    store.letters = store.letters.filter((one) => one.name !== name);
  });
  return store;
}

async function show() {
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <DeadLetters scope={{ namespaces: ["shop"], subscription: "orders" }} />
    </QueryClientProvider>,
  );
  await screen.findByRole("grid", { name: "Dead letters" });
  return { lookAgain: () => act(() => client.refetchQueries()) };
}
// Looking for roles takes seconds when there are hundreds of rows.
const press = (name: string) => fireEvent.click(screen.getByText(name));
const pressInDialog = (name: string) =>
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));
const rows = () => [...document.querySelectorAll("tbody tr")];
const chooseAll = () => fireEvent.click(screen.getByLabelText("Select all rows"));

test.each(["request", "dispatcher"] as const)(
  "a look that fails (%s) leaves list, choice and dialog as they are, and is told",
  async (broken) => {
    const store = storeOf(3);
    const { lookAgain } = await show();
    chooseAll();
    press("Discard 3");
    const dialog = screen.getByRole("dialog");
    store.broken = broken;
    await lookAgain();
    await screen.findByText(/These are the dead letters of/);
    expect(screen.getByText(/They cannot be read now: The .* (reached|answer)\./)).toBeTruthy();
    expect(rows()).toHaveLength(3);
    expect(screen.getByRole("dialog")).toBe(dialog);
    store.broken = undefined;
    await lookAgain();
    await waitFor(() => expect(screen.queryByText(/These are the dead letters of/)).toBeNull());
    // Cancelled, it was no run: what was chosen stays.
    pressInDialog("Cancel");
    press("Discard 3");
    pressInDialog("Discard");
    await screen.findByText("3 of 3 discarded");
    await screen.findByText("No dead letters");
  },
);

test("older ones stay when the newest are read again, and tell when they cannot be read", async () => {
  const store = storeOf(250);
  const { lookAgain } = await show();
  store.broken = "dispatcher";
  press("Show older ones");
  await screen.findByText("Older ones cannot be read");
  store.broken = undefined;
  press("Show older ones");
  await waitFor(() => expect(rows()).toHaveLength(200));
  const read = vi.mocked(api.readDeadLetters);
  read.mockClear();
  store.letters.unshift(numbered(251));
  await lookAgain();
  await waitFor(() => expect(rows()).toHaveLength(201));
  expect(read).toHaveBeenCalledOnce();
}, 20_000);

test("all are chosen, read and discarded in one go, also those that are not shown", async () => {
  const store = storeOf(1234);
  await show();
  chooseAll();
  press("Choose the older ones, too");
  press("Discard all");
  await screen.findByText(/Discard 1,234 dead letters/);
  expect(store.letters).toHaveLength(1234);
  pressInDialog("Discard");
  await screen.findByText("1,234 of 1,234 discarded", {}, { timeout: 10_000 });
  expect(store.letters).toEqual([]);
  await screen.findByText("No dead letters");
}, 20_000);

test("a run that leaves some out says so", async () => {
  storeOf(10_001);
  await show();
  chooseAll();
  press("Choose the older ones, too");
  press("Replay all");
  await screen.findByText(/Replay 10,000 dead letters/);
  expect(screen.getByText(/There are more: these are the newest 10,000/)).toBeTruthy();
  expect(screen.getByText(/The oldest goes first, one after another/)).toBeTruthy();
}, 20_000);
