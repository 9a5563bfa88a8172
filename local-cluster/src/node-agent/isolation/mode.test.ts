import { expect, test } from "vitest";
import { candidateModes, chooseMode } from "./mode.ts";

test("root tries plain namespaces, everybody else a user namespace", () => {
  expect(candidateModes(0)).toEqual(["root"]);
  expect(candidateModes(1000)).toEqual(["user"]);
});

test("the first mode that works is used", () => {
  expect(chooseMode({ root: { works: true } })).toEqual({ mode: "root" });
  expect(chooseMode({ user: { works: true } })).toEqual({ mode: "user" });
});

test("without namespaces pods run below their directory, and the reason is kept", () => {
  expect(chooseMode({ user: { works: false, error: "unshare: Operation not permitted" } })).toEqual({
    mode: "directories",
    because: "this system allows no mount namespaces (unshare: Operation not permitted)",
  });
});
