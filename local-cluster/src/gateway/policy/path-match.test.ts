import { expect, test } from "vitest";
import { compilePathValue } from "./path-match.ts";

const matches = (pattern: string, path: string, covering = false) =>
  compilePathValue(pattern, "paths", covering)(path);

test.each([
  ["/admin", "/admin", true],
  ["/admin", "/Admin", false],
  ["/admin", "/admin/", false],
  ["/admin/*", "/admin/x", true],
  ["/admin/*", "/admin", false],
  ["/admin*", "/administrator", true],
  ["*.png", "/a/b.png", true],
  ["*", "/anything", true],
  ["/a*b", "/aXb", false],
  ["/a*b", "/a*b", true],
  ["/a.b", "/aXb", false],
  ["/%61dmin", "/admin", true],
  ["/{*}", "/a", true],
  ["/{*}", "/", false],
  ["/{*}", "/a/b", false],
  ["/a/{*}/c", "/a/b/c", true],
  ["/a/{*}/c", "/a/b/d/c", false],
  ["/{**}", "/", true],
  ["/{**}", "/a/b/c", true],
  ["/a/{**}", "/a/", true],
  ["/a/{**}", "/a", false],
  ["/a/{**}", "/a/x*y", true],
  ["/a.b/{*}", "/aXb/c", false],
  ["/{*}/b/{**}", "/a/b/c/d", true],
])("%s and %s: %s", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test.each(["/{**}/a/{*}", "/a{*}", "/{*}b", "{*}", "/a/{x}", "/{**}/{**}", "/a/*/{*}"])(
  "%s is refused",
  (pattern) => {
    expect(() => compilePathValue(pattern, "paths", false)).toThrow(/paths/);
  },
);

test("where matching refuses, a plain path covers its slash and parameter forms", () => {
  expect(matches("/admin", "/admin/", true)).toBe(true);
  expect(matches("/admin", "/admin;x=1", true)).toBe(true);
  expect(matches("/admin", "/admin/x", true)).toBe(false);
  expect(matches("/admin", "/admins", true)).toBe(false);
});
