import { cleanup, fireEvent, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { allShortcuts, completedKeys, keyText, useShortcut } from "./shortcuts.ts";

afterEach(cleanup);
const press = (key: string, init: object = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, ...init });

describe("shortcuts", () => {
  it("writes keys as they are named in the help", () => {
    expect(keyText({ key: "K", ctrlKey: true, metaKey: false })).toBe("mod+k");
    expect(keyText({ key: "k", ctrlKey: false, metaKey: true })).toBe("mod+k");
    expect(keyText({ key: "?", ctrlKey: false, metaKey: false })).toBe("?");
  });

  it("prefers two keys over the second alone", () => {
    expect(completedKeys(["g p", "p"], "g", "p")).toBe("g p");
    expect(completedKeys(["g p", "p"], "x", "p")).toBe("p");
    expect(completedKeys(["g p"], undefined, "p")).toBeUndefined();
  });

  it("runs the latest function while the component is there, and not after", () => {
    const calls = vi.fn<(which: string) => void>();
    const { rerender, unmount } = renderHook(({ which }) => useShortcut("g p", "Pods", () => calls(which)), {
      initialProps: { which: "old" },
    });
    rerender({ which: "new" });
    press("g");
    press("p");
    expect(calls.mock.calls).toEqual([["new"]]);
    expect(allShortcuts().map(({ keys }) => keys)).toEqual(["g p"]);
    unmount();
    press("g");
    press("p");
    expect(calls).toHaveBeenCalledTimes(1);
  });

  it("leaves letters to who is writing, but not Ctrl-K", () => {
    const letter = vi.fn<() => void>();
    const palette = vi.fn<() => void>();
    renderHook(() => {
      useShortcut("t", "Theme", letter);
      useShortcut("mod+k", "Palette", palette);
    });
    const input = document.body.appendChild(document.createElement("input"));
    press("t", {}, input);
    press("k", { ctrlKey: true }, input);
    expect(letter).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(1);
    input.remove();
  });
});
