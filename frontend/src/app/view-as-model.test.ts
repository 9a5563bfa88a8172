import { expect, test } from "vitest";
import { emptyViewAs, subjectOf } from "./view-as-model.ts";

test("the form names a user with groups, or a service account", () => {
  expect(subjectOf(emptyViewAs)).toBeUndefined();
  expect(subjectOf({ ...emptyViewAs, user: " jane ", groups: "dev, ,qa" })).toEqual({
    user: "jane",
    groups: ["dev", "qa"],
    uid: null,
  });
  const account = { ...emptyViewAs, kind: "account" as const, namespace: "ci", user: "ignored" };
  expect(subjectOf(account)).toBeUndefined();
  expect(subjectOf({ ...account, account: "bot", uid: "7" })).toEqual({
    user: "system:serviceaccount:ci:bot",
    groups: [],
    uid: "7",
  });
});
