import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { WriteOutcome } from "#api/objects.ts";
import { ConfirmAction } from "./confirm-action.tsx";

interface Options {
  triedAt: "open" | "confirm";
  typedName?: string;
}

/** The dialog over an API server that answers as `answer` does; `calls` are the attempts, true for dry runs. */
function open(answer: (dryRun: boolean) => WriteOutcome, options: Options) {
  const calls: boolean[] = [];
  const onClose = vi.fn();
  const attempt = (dryRun: boolean) => {
    calls.push(dryRun);
    return Promise.resolve().then(() => answer(dryRun));
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConfirmAction title="Scale web" action="Scale" attempt={attempt} onClose={onClose} {...options}>
        <input aria-label="Replicas" defaultValue="5" />
      </ConfirmAction>
    </QueryClientProvider>,
  );
  return { calls, onClose, button: screen.getByRole("button", { name: "Scale" }) };
}

const accepted = (): WriteOutcome => ({
  message: "It was done.",
  changes: [{ field: "spec.replicas", before: "3", after: "5" }],
});
const refuse = (sentence: string) => (): WriteOutcome => {
  throw new Error(sentence);
};

test("what would change is shown before the button can be pressed", async () => {
  const { calls, onClose, button } = open(accepted, { triedAt: "open" });
  expect(button).toHaveProperty("disabled", true);
  expect((await screen.findByLabelText("What changes")).textContent).toBe("spec.replicas: 3 → 5");
  expect(calls).toEqual([true]);
  fireEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(calls).toEqual([true, false]);
});

test("what the API server refuses cannot be done, and can be tried again", async () => {
  let isRefused = true;
  const { calls, button } = open(() => (isRefused ? refuse("exceeded quota")() : accepted()), {
    triedAt: "open",
  });
  await screen.findByText("exceeded quota");
  fireEvent.click(button);
  expect(calls).toEqual([true]);
  isRefused = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByLabelText("What changes");
  expect(button).toHaveProperty("disabled", false);
});

test("with an input it is tried when it is confirmed; a refusal writes nothing and keeps the input", async () => {
  const { calls, onClose, button } = open(refuse("two are enough"), { triedAt: "confirm" });
  expect(calls).toEqual([]);
  fireEvent.change(screen.getByLabelText("Replicas"), { target: { value: "9" } });
  fireEvent.click(button);
  await screen.findByText("two are enough");
  expect(screen.getByText(/The API server refuses this; nothing was changed/)).toBeDefined();
  expect(calls).toEqual([true]);
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByLabelText("Replicas")).toHaveProperty("value", "9");
  expect(button).toHaveProperty("disabled", false);
});

test.for(["open", "confirm"] as const)(
  "a webhook without dry runs is no refusal (tried at %s)",
  async (triedAt) => {
    const sentence = 'admission webhook "x" does not support dry run';
    const { calls, onClose, button } = open((dryRun) => (dryRun ? refuse(sentence)() : accepted()), {
      triedAt,
    });
    await waitFor(() => expect(button).toHaveProperty("disabled", false));
    fireEvent.click(button);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(calls).toEqual([true, false]);
  },
);

test("what takes much else along is done only after its name was typed in full", async () => {
  const { calls, onClose, button } = open(accepted, { triedAt: "open", typedName: "shop" });
  await screen.findByLabelText("What changes");
  const field = screen.getByLabelText("Type shop to confirm");
  fireEvent.change(field, { target: { value: "sho" } });
  fireEvent.click(button);
  expect(calls).toEqual([true]);
  fireEvent.change(field, { target: { value: "shop" } });
  fireEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(calls).toEqual([true, false]);
});
