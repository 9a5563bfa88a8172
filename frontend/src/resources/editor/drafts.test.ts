import { beforeEach, describe, expect, it } from "vitest";
import { draftKey, findDraft, keepDraft } from "./drafts.ts";

const place = { cluster: "local", group: "", plural: "configmaps", namespace: "a", name: "b" };
const key = draftKey({ user: "me", ...place });
const draft = { base: "a: 1", text: "a: 2", savedAt: 1 };
beforeEach(() => localStorage.clear());

describe("drafts", () => {
  it("come back for the same user, cluster and object, and for no others", () => {
    expect(keepDraft(key, draft, { secret: false })).toBe(true);
    expect(findDraft(key, { secret: false })).toEqual(draft);
    expect(findDraft(draftKey({ user: "you", ...place }), { secret: false })).toBeUndefined();
    expect(
      findDraft(draftKey({ user: "me", ...place, cluster: "other" }), { secret: false }),
    ).toBeUndefined();
    keepDraft(key, undefined, { secret: false });
    expect(findDraft(key, { secret: false })).toBeUndefined();
  });
  it("of Secrets are never stored", () => {
    keepDraft(key, { ...draft, text: "data: hidden" }, { secret: true });
    expect(findDraft(key, { secret: true })?.text).toBe("data: hidden");
    expect(localStorage.length).toBe(0);
    expect(sessionStorage.length).toBe(0);
  });
  it("are bounded: the oldest go, and what is too long is not kept", () => {
    for (let at = 0; at < 40; at += 1) {
      keepDraft(
        draftKey({ user: "me", ...place, name: `n${at}` }),
        { ...draft, savedAt: at },
        { secret: false },
      );
    }
    expect(localStorage.length).toBe(30);
    expect(findDraft(draftKey({ user: "me", ...place, name: "n0" }), { secret: false })).toBeUndefined();
    expect(findDraft(draftKey({ user: "me", ...place, name: "n39" }), { secret: false })).toBeDefined();
    expect(keepDraft(key, { ...draft, text: "x".repeat(500_000) }, { secret: false })).toBe(false);
  });
  it("that are broken, or a storage that is blocked, do no harm", () => {
    localStorage.setItem(`kyma.draft.${key}`, '{"base": 1}');
    expect(findDraft(key, { secret: false })).toBeUndefined();
    const blocked = () => {
      throw new Error("blocked");
    };
    expect(keepDraft(key, draft, { secret: false }, blocked)).toBe(false);
    expect(findDraft(key, { secret: false }, blocked)).toBeUndefined();
  });
});
