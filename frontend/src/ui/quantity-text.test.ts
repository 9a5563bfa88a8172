import { expect, it } from "vitest";
import { bytesText, coresText } from "./quantity-text.ts";

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1536, "1.5 KiB"],
  [4 * 2 ** 30, "4 GiB"],
  [123.4 * 2 ** 20, "123 MiB"],
])("writes %d bytes as %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

it.each([
  [0, "0"],
  [0.0004, "0m"],
  [0.25, "250m"],
  [1.5, "1.5"],
  [12.34, "12.3"],
])("writes %d cores as %s", (cores, text) => expect(coresText(cores)).toBe(text));
