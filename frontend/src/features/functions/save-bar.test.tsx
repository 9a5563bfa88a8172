import { act, fireEvent, render, renderHook, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as api from "./functions-api.ts";
import type { KymaFunction } from "./kyma-function.ts";
import { SaveBar } from "./save-bar.tsx";
import { useFunctionDraft } from "./use-function-draft.ts";

// Leaving a page is the router's affair.
vi.mock("#resources/leave-guard.tsx", () => ({ LeaveGuard: () => null }));
// Here everything is allowed.
vi.mock("#resources/access.ts", async (original) => ({
  ...(await original<object>()),
  useAccess: () => ({ allowed: true }),
}));

const target = { namespace: "shop", name: "hello" };
function fn(source: string, generation = 1): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "hello", namespace: "shop", generation },
    spec: { runtime: "nodejs24", source: { inline: { source } } },
  };
}
const conflict = { manager: "kubectl", field: ".spec.source.inline.source", message: "changed by kubectl" };

function Page({ live }: { live: KymaFunction }) {
  const draft = useFunctionDraft(target, live);
  return (
    <>
      <textarea
        aria-label="Source"
        value={draft.value.source}
        onChange={(event) => draft.set("source", event.target.value)}
      />
      <SaveBar draft={draft} namespace="shop" isEditing />
    </>
  );
}
const source = () => screen.getByLabelText<HTMLTextAreaElement>("Source");
const type = (text: string) => fireEvent.change(source(), { target: { value: text } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe("editing a Function", () => {
  it("follows the cluster until the person types, then keeps the typed text", () => {
    const { rerender } = render(<Page live={fn("a")} />);
    rerender(<Page live={fn("b", 2)} />);
    expect(source().value).toBe("b");
    type("mine");
    rerender(<Page live={fn("c", 3)} />);
    expect(source().value).toBe("mine");
    expect(screen.getByText("Unsaved changes: source")).toBeTruthy();
  });

  it("saves against the Function as it was when editing began, and shows the saved text before the live view has it", async () => {
    const save = vi.spyOn(api, "saveFunction").mockResolvedValue({ object: fn("mine", 2), conflicts: [] });
    render(<Page live={fn("a")} />);
    type("mine");
    press("Save");
    await screen.findByText("All changes are saved");
    expect(save).toHaveBeenCalledWith(target, { source: "mine" }, fn("a"), false);
    expect(source().value).toBe("mine");
  });

  it("names manager and field of a conflict, and loses no text whatever is chosen first", async () => {
    const save = vi.spyOn(api, "saveFunction").mockResolvedValueOnce({ object: null, conflicts: [conflict] });
    render(<Page live={fn("a")} />);
    type("mine");
    press("Save");
    await screen.findByText(".spec.source.inline.source");
    expect(screen.getByText("kubectl")).toBeTruthy();
    press("Cancel, keep editing");
    expect(source().value).toBe("mine");
    save.mockResolvedValueOnce({ object: null, conflicts: [conflict] });
    press("Save");
    await screen.findByText(".spec.source.inline.source");
    save.mockResolvedValueOnce({ object: fn("mine", 2), conflicts: [] });
    press("Force mine");
    await screen.findByText("All changes are saved");
    expect(save).toHaveBeenLastCalledWith(target, { source: "mine" }, fn("a"), true);
  });

  it("takes theirs when asked to", async () => {
    vi.spyOn(api, "saveFunction").mockResolvedValueOnce({ object: null, conflicts: [conflict] });
    const { rerender } = render(<Page live={fn("a")} />);
    type("mine");
    rerender(<Page live={fn("theirs", 2)} />);
    press("Save");
    await screen.findByText(".spec.source.inline.source");
    press("Take theirs");
    expect(source().value).toBe("theirs");
  });

  it("says why a save failed and keeps the text", async () => {
    vi.spyOn(api, "saveFunction").mockRejectedValue(new Error("env FUNC_PORT is reserved"));
    render(<Page live={fn("a")} />);
    type("mine");
    press("Save");
    await screen.findByText(/env FUNC_PORT is reserved/);
    expect(source().value).toBe("mine");
  });

  it("offers the draft of an earlier visit, and restores it", () => {
    const first = render(<Page live={fn("a")} />);
    type("mine");
    first.unmount();
    render(<Page live={fn("a")} />);
    expect(source().value).toBe("a");
    press("Restore it");
    expect(source().value).toBe("mine");
  });

  it("does not offer a draft that was dropped or saved", async () => {
    const first = render(<Page live={fn("a")} />);
    type("mine");
    press("Discard changes");
    first.unmount();
    const { result } = renderHook(() => useFunctionDraft(target, fn("a")));
    expect(result.current.offered).toBeUndefined();
    vi.spyOn(api, "saveFunction").mockResolvedValue({ object: fn("b", 2), conflicts: [] });
    act(() => result.current.set("source", "b"));
    await act(() => result.current.save());
    await waitFor(() => expect(localStorage.length).toBe(0));
  });
});
