import { expect, test } from "vitest";
import { grantorsText } from "./grantors-text.ts";

const user = (name: string) => ({ kind: "User", name, namespace: null });

test("the text names who can grant a right, and says what it cannot know", () => {
  expect(grantorsText({ subjects: [user("ann")], complete: true })).toBe("Ask user ann, who can grant it.");
  const team = [user("ann"), { kind: "ServiceAccount", name: "bot", namespace: "ci" }];
  expect(grantorsText({ subjects: team, complete: false })).toBe(
    "Ask user ann or service account ci/bot, who can grant it; there may be others.",
  );
  const many = Array.from({ length: 7 }, (_, index) => user(`u${index}`));
  expect(grantorsText({ subjects: many, complete: true })).toBe(
    "Ask user u0, user u1, user u2, user u3, user u4 or 2 more, who can grant it.",
  );
  expect(grantorsText({ subjects: [], complete: false })).toMatch(/^Ask a cluster administrator/);
});
