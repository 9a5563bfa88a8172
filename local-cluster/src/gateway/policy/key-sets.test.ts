import { exportJWK, generateKeyPair } from "jose";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseKeys } from "./key-documents.ts";
import { KeySet } from "./key-sets.ts";

let document: string;
let now: number;
let fetch: ReturnType<typeof vi.fn<() => Promise<string>>>;
let keys: KeySet;

beforeAll(async () => {
  const { publicKey } = await generateKeyPair("ES256");
  document = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "1" }] });
});
beforeEach(() => {
  now = 1_000_000;
  fetch = vi.fn<() => Promise<string>>(() => Promise.resolve(document));
  keys = new KeySet("uri", { fetch, now: () => now, onError: () => undefined });
});

test("keys are fetched once and kept for 20 minutes", async () => {
  await Promise.all([keys.ready(), keys.ready(), keys.ready()]);
  now += 20 * 60_000;
  expect(await keys.ready()).toBeDefined();
  expect(fetch).toHaveBeenCalledTimes(1);
  now += 1;
  expect(keys.usable(), "the old ones serve while new ones are fetched").toBeDefined();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
});

test("A6: a thousand unknown key ids cause one fetch in 30 s", async () => {
  const first = await keys.ready();
  const version = first?.version as symbol;
  const ask = () => Promise.all(Array.from({ length: 1000 }, () => keys.newerThan(version)));
  await ask();
  expect(fetch).toHaveBeenCalledTimes(1);
  now += 30_000;
  expect(
    (await ask()).every((found) => found === undefined),
    "nothing new in it",
  ).toBe(true);
  await ask();
  expect(fetch).toHaveBeenCalledTimes(2);
});

test("R21: with the endpoint down keys serve for an hour, then none do; rotated keys are taken at the next fetch", async () => {
  await keys.ready();
  fetch.mockRejectedValue(new Error("down"));
  now += 59 * 60_000;
  expect(await keys.ready()).toBeDefined();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  now += 61_000;
  expect(await keys.ready()).toBeUndefined();
  expect(fetch).toHaveBeenCalledTimes(3);
  expect(await keys.ready()).toBeUndefined();
  expect(fetch, "not asked again at once").toHaveBeenCalledTimes(3);
  fetch.mockResolvedValue(document.replace('"1"', '"2"'));
  now += 30_000;
  expect(await keys.ready()).toBeDefined();
});

test("without a first set attempts come after 1 s, 2 s, 4 s", async () => {
  fetch.mockRejectedValue(new Error("not yet"));
  const calls: number[] = [];
  for (let second = 0; second < 8; second += 1) {
    await keys.ready();
    calls.push(fetch.mock.calls.length);
    now += 1000;
  }
  expect(calls).toEqual([1, 2, 2, 3, 3, 3, 3, 4]);
});

test("only public asymmetric keys are taken from a document", async () => {
  expect(parseKeys("no json")).toBeUndefined();
  expect(parseKeys("null")).toBeUndefined();
  expect(parseKeys('{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}')).toBeUndefined();
  expect(
    parseKeys(JSON.stringify({ keys: Array.from({ length: 101 }, () => ({ kty: "RSA" })) })),
  ).toBeUndefined();
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const taken = parseKeys(JSON.stringify({ keys: [await exportJWK(privateKey)] }));
  const key = await taken?.({ alg: "ES256" });
  expect(key?.type).toBe("public");
});
