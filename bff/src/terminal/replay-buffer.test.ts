import { expect, test } from "vitest";
import { ReplayBuffer } from "./replay-buffer.ts";

test("a reader gets what it has missed, or the newest that is kept", () => {
  const buffer = new ReplayBuffer(6);
  for (const text of ["abc", "def", "ghi"]) buffer.push(Buffer.from(text));
  const since = (received: number): [number, string] => {
    const { from, bytes } = buffer.since(received);
    return [from, bytes.toString()];
  };
  expect(since(4)).toEqual([4, "efghi"]);
  expect(since(0)).toEqual([3, "defghi"]);
  expect(since(9)).toEqual([9, ""]);
  expect(since(99)).toEqual([9, ""]);
});
