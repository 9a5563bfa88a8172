import { expect, test } from "vitest";
import { LogLines } from "./log-lines.ts";

const stamp = "2026-11-22T10:00:00.123456789Z";

test("lines come out whole however the bytes are cut, characters too", () => {
  const bytes = Buffer.from(`${stamp} grüße 🎉\n${stamp} \n${stamp} {"level":"error"}\r\nno stamp\n`);
  const whole = new LogLines().push(bytes);
  expect(whole).toEqual([
    { time: stamp, text: "grüße 🎉" },
    { time: stamp, text: "" },
    { time: stamp, text: '{"level":"error"}' },
    { time: "", text: "no stamp" },
  ]);
  for (let size = 1; size < 9; size++) {
    const lines = new LogLines();
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      lines.push(bytes.subarray(index * size, (index + 1) * size)),
    );
    expect(parts.flat()).toEqual(whole);
  }
});

test("the last line needs no line feed", () => {
  const lines = new LogLines();
  expect(lines.push(Buffer.from(`${stamp} rest`))).toEqual([]);
  expect(lines.end()).toEqual([{ time: stamp, text: "rest" }]);
  expect(lines.end()).toEqual([]);
});

test("A46: a line over 1 MiB is cut and says so; the next one is whole again", () => {
  const lines = new LogLines();
  const long = lines.push(Buffer.from(`${stamp} ${"é".repeat(2 * 1024 * 1024)}\n${stamp} next\n`));
  expect(long[0]?.text.length).toBeLessThan(1024 * 1024);
  expect(long[0]?.text).toMatch(/é… \(\d+ bytes left out\)$/);
  expect(long[1]).toEqual({ time: stamp, text: "next" });
});
