import { writeContinue } from "@kyma/eventing/delivery-objects.ts";
import { expect, test } from "vitest";
import { mapBounded } from "./map-bounded.ts";
import { readContinue, selectPage } from "./select-page.ts";

const objects = ["b/2", "a/9", "b/1", "a/1", "c/1"].map((key) => {
  const [namespace = "", name = ""] = key.split("/");
  return { kind: "Thing", apiVersion: "x/v1", metadata: { namespace, name } };
});

test("pages hold everything once, in order, and say how much follows", () => {
  const read: string[] = [];
  let continueFrom: string | undefined;
  const remaining: (number | undefined)[] = [];
  do {
    const page = selectPage(objects, { limit: 2, ...(continueFrom ? { continueFrom } : {}) });
    read.push(...page.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    remaining.push(page.remaining);
    ({ continueFrom } = page);
  } while (continueFrom);
  expect(read).toEqual(["a/1", "a/9", "b/1", "b/2", "c/1"]);
  expect(remaining).toEqual([3, 1, undefined]);
});

test("what was never given out as continue is refused", () => {
  expect(readContinue(writeContinue("a/1"))).toBe("a/1");
  for (const token of ["", "%%%", "YQ==", "a b"])
    expect(() => readContinue(token)).toThrow("list from the start");
});

test("no more than so many calls are under way, and results keep their places", async () => {
  let open = 0;
  let most = 0;
  const results = await mapBounded([5, 1, 4, 2, 3], 2, async (value) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, value));
    open--;
    return value * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
  await expect(mapBounded([1], 2, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
