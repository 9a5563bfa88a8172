import { expect, test } from "vitest";
import type { Volume } from "../pods/pod.ts";
import { collectFiles, unsupportedKind, type VolumeSources } from "./projection.ts";

const values: Record<string, Record<string, Buffer>> = {
  settings: { "a.txt": Buffer.from("alpha"), "b.txt": Buffer.from("beta") },
  keys: { raw: Buffer.from([0, 255, 10]) },
};
const sources: VolumeSources = {
  configMap: (name) => Promise.resolve(values[name]),
  secret: (name) => Promise.resolve(values[name]),
  field: ({ fieldPath }) => `<${fieldPath}>`,
  resource: ({ resource }) => `<${resource}>`,
  token: (audience, seconds) => Promise.resolve(Buffer.from(`token ${audience} ${seconds}`)),
};

async function filesOf(volume: Omit<Volume, "name">): Promise<Record<string, string>> {
  const files = await collectFiles({ name: "v", ...volume }, sources);
  return Object.fromEntries(
    [...files].map(([path, { content, mode }]) => [
      path,
      `${mode.toString(8)} ${content.toString("latin1")}`,
    ]),
  );
}

test("every key of a ConfigMap becomes a file", async () => {
  expect(await filesOf({ configMap: { name: "settings" } })).toEqual({
    "a.txt": "644 alpha",
    "b.txt": "644 beta",
  });
});

test("items choose keys, paths and modes", async () => {
  const items = [
    { key: "a.txt", path: "deep/er", mode: 0o400 },
    { key: "b.txt", path: "b" },
  ];
  expect(await filesOf({ configMap: { name: "settings", items, defaultMode: 0o600 } })).toEqual({
    "deep/er": "400 alpha",
    b: "600 beta",
  });
});

test("binary secrets stay as they are", async () => {
  expect(await filesOf({ secret: { secretName: "keys" } })).toEqual({ raw: "644 \u0000\u00ff\n" });
});

test("a projected volume joins its parts", async () => {
  const parts = [
    { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
    { configMap: { name: "settings", items: [{ key: "a.txt", path: "ca.crt" }] } },
    { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
  ];
  expect(await filesOf({ projected: { sources: parts, defaultMode: 0o640 } })).toEqual({
    token: "640 token undefined 3607",
    "ca.crt": "640 alpha",
    namespace: "640 <metadata.namespace>",
  });
});

test("what is missing is named, unless it is optional", async () => {
  await expect(filesOf({ configMap: { name: "none" } })).rejects.toThrow('configmap "none" not found');
  await expect(filesOf({ secret: { secretName: "keys", items: [{ key: "x", path: "x" }] } })).rejects.toThrow(
    'secret "keys" has no key "x"',
  );
  expect(await filesOf({ secret: { secretName: "none", optional: true } })).toEqual({});
});

test.each(["../x", "a/../b", "/etc/passwd", "..data", ""])(
  "%j leads out of the volume and is refused",
  async (path) => {
    await expect(
      filesOf({ configMap: { name: "settings", items: [{ key: "a.txt", path }] } }),
    ).rejects.toThrow("no path inside");
  },
);

test("kinds that this node cannot offer are named", () => {
  expect(unsupportedKind({ name: "v", emptyDir: {} })).toBeUndefined();
  expect(unsupportedKind({ name: "v", hostPath: { path: "/" } } as Volume)).toBe("hostPath");
});
