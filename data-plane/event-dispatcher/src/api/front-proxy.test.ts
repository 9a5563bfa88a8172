import { expect, test } from "vitest";
import { readFrontProxy } from "./front-proxy.ts";

const authority = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
const config = (data?: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "extension-apiserver-authentication" },
  ...(data ? { data } : {}),
});

test("the ConfigMap says whom to let in", () => {
  const data = {
    "requestheader-client-ca-file": authority,
    "requestheader-allowed-names": `["front-proxy-client"]`,
  };
  expect(readFrontProxy(config(data))).toEqual({ authority, names: ["front-proxy-client"] });
  expect(readFrontProxy(config({ "requestheader-client-ca-file": authority }))).toEqual({
    authority,
    names: [],
  });
});

test.each([
  ["nothing", undefined],
  ["no authority", { "requestheader-allowed-names": "[]" }],
  ["an empty authority", { "requestheader-client-ca-file": "" }],
  [
    "names that are no JSON",
    { "requestheader-client-ca-file": authority, "requestheader-allowed-names": "a" },
  ],
  [
    "names that are no texts",
    { "requestheader-client-ca-file": authority, "requestheader-allowed-names": "[1]" },
  ],
])("with %s nobody is let in", (_, data) => {
  expect(readFrontProxy(config(data))).toBeUndefined();
});
