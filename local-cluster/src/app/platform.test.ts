import { expect, test } from "vitest";
import { checkPlatform } from "./platform.ts";

test("another system is refused in one sentence that names it", () => {
  expect(() => checkPlatform("linux", "x64")).not.toThrow();
  expect(() => checkPlatform("linux", "arm64")).not.toThrow();
  expect(() => checkPlatform("darwin", "arm64")).toThrow(/Linux.*this is darwin arm64/);
});
