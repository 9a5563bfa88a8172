import { expect, test } from "vitest";
import { canonicalPattern, canonicalTarget } from "./canonical-path.ts";

const accepted: [string, string, string][] = [
  ["/", "/", ""],
  ["/a/b", "/a/b", ""],
  ["/a/", "/a/", ""],
  ["//admin", "/admin", ""],
  ["///a////b//", "/a/b/", ""],
  ["/./admin", "/admin", ""],
  ["/x/../admin", "/admin", ""],
  ["/x/%2e%2e/admin", "/admin", ""],
  ["/x/.%2E/admin", "/admin", ""],
  ["/a/.", "/a/", ""],
  ["/a/b/..", "/a/", ""],
  ["/%61dmin", "/admin", ""],
  ["/%7Euser", "/~user", ""],
  ["/caf%c3%a9", "/caf%C3%A9", ""],
  ["/a%20b", "/a%20b", ""],
  ['/a"b', "/a%22b", ""],
  ["/a{b}", "/a%7Bb%7D", ""],
  ["/admin#", "/admin", ""],
  ["/admin#x?y", "/admin", ""],
  ["/admin?", "/admin", "?"],
  ["/a?b=/../%2f\\#c", "/a", "?b=/../%2f\\"],
  ["/admin;x", "/admin;x", ""],
  ["/.well-known/jwks.json", "/.well-known/jwks.json", ""],
  ["/...", "/...", ""],
  ["/100%25", "/100%25", ""],
  ["/a*b", "/a*b", ""],
];

test.each(accepted)("%s becomes %s", (raw, path, query) => {
  expect(canonicalTarget(raw)).toEqual({ path, query });
  expect(canonicalTarget(path)?.path, "canonical stays as it is").toBe(path);
});

const refused = [
  "",
  "admin",
  "*",
  "/admin%2f",
  "/admin%2F..",
  "/admin%5c",
  "/a\\b",
  "/adm%69n%00",
  "/a%0d%0ab",
  "/a%7f",
  "/%2561dmin",
  "/%252e%252e/admin",
  "/%c0%af",
  "/%c0%ae%c0%ae/",
  "/%e0%80%af",
  "/%ff",
  "/%c3",
  "/%c3/x",
  "/a%",
  "/a%2",
  "/a%zz",
  "/..",
  "/a/../../b",
  "/..;/admin",
  "/a/.;x/b",
  "/caf\u00e9",
  "/a b",
];

test.each(refused)("%s is refused", (raw) => {
  expect(canonicalTarget(raw)).toBeUndefined();
});

test("a pattern of an object is brought into the form of requests", () => {
  expect(canonicalPattern("/caf\u00e9")).toBe("/caf%C3%A9");
  expect(canonicalPattern("/%61dmin*")).toBe("/admin*");
  expect(canonicalPattern("/a%2fb"), "no request has this path").toBe("/a%2fb");
});

test("64 KB of hostile path come to an end", () => {
  expect(canonicalTarget(`/${"a/".repeat(32_000)}`)?.path).toHaveLength(64_001);
  expect(canonicalTarget(`/${"a/../".repeat(12_000)}`)?.path).toBe("/");
  expect(canonicalTarget(`/${"%c3%a9".repeat(10_000)}`)?.path).toHaveLength(60_001);
  expect(canonicalTarget(`/${"a".repeat(64_000)}"`)?.path).toHaveLength(64_004);
});
