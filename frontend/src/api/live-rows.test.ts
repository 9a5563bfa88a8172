import { describe, expect, it } from "vitest";
import { applyObjectsMessage } from "./live-rows.ts";

describe("applyObjectsMessage", () => {
  const object = (uid: string, value: number) => ({ metadata: { uid }, value });
  it("keeps objects by uid and replaces all at a snapshot", () => {
    const liveness = "LIVE" as const;
    const first = applyObjectsMessage(undefined, {
      liveness,
      snapshot: true,
      objects: [object("1", 1), object("2", 1)],
      deleted: [],
    });
    const second = applyObjectsMessage(first, {
      liveness,
      snapshot: false,
      objects: [object("2", 2)],
      deleted: ["1"],
    });
    expect([...second.objects.values()]).toEqual([object("2", 2)]);
    const third = applyObjectsMessage(second, { liveness, snapshot: true, objects: [], deleted: [] });
    expect(third.objects.size).toBe(0);
  });
});
