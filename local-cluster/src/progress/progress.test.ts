import { expect, test, vi } from "vitest";
import { createProgress, progressLine } from "./progress.ts";

test("all that is at work stands in one line that fits", () => {
  const active = new Map([
    ["Tools", { detail: "compiling, 5 of 10 packages", since: 0 }],
    ["Pages", { detail: "building", since: 1000 }],
  ]);
  expect(progressLine(active, 3000, 200)).toBe(
    "Tools: compiling, 5 of 10 packages (3 s)  |  Pages: building (2 s)",
  );
  expect(progressLine(active, 3000, 20)).toHaveLength(20);
  expect(progressLine(new Map(), 0, 80)).toBe("");
});

test("a terminal gets one line that is drawn again, and it is gone at the end", () => {
  vi.useFakeTimers();
  const out = {
    written: "",
    isTTY: true,
    columns: 80,
    write: (text: string) => Boolean((out.written += text)),
  };
  const progress = createProgress(out);
  progress.report("Tools", "compiling");
  vi.advanceTimersByTime(150);
  progress.close();
  vi.useRealTimers();
  expect(out.written).toContain("\rTools: compiling".replace("\r", "\r\u001b[2K"));
  expect(out.written.endsWith("\r\u001b[2K")).toBe(true);
  expect(out.written).not.toContain("\n");
});

test("without a terminal there are whole lines, seconds apart, and no control characters", () => {
  vi.useFakeTimers();
  const out = {
    written: "",
    isTTY: false,
    columns: 0,
    write: (text: string) => Boolean((out.written += text)),
  };
  const progress = createProgress(out);
  progress.report("Tools", "compiling");
  vi.advanceTimersByTime(9000);
  progress.done("Tools");
  progress.close();
  vi.useRealTimers();
  expect(out.written.trim().split("\n")).toEqual([
    "Tools: compiling (4 s)",
    "Tools: compiling (8 s)",
    "Tools: done in 9 s",
  ]);
});
