import { expect, test } from "vitest";
import { headerValue, sanitisedHeaders } from "./headers.ts";

test("outside callers cannot say who they are to the upstream (A32)", () => {
  const raw = [
    "X-Forwarded-For",
    "1.2.3.4",
    "X-FORWARDED-CLIENT-CERT",
    "By=me",
    "x-envoy-internal",
    "true",
    "Forwarded",
    "for=x",
    "X-Real-IP",
    "1",
    "X-Request-Id",
    "1",
    "Accept",
    "*/*",
  ];
  expect(sanitisedHeaders(raw, "outside")).toEqual(["accept", "*/*"]);
});

test("inside the cluster only what a sidecar would overwrite is taken away", () => {
  const raw = ["X-Forwarded-For", "1.2.3.4", "X-Forwarded-Client-Cert", "By=me", "x-envoy-internal", "true"];
  expect(sanitisedHeaders(raw, "in-cluster")).toEqual(["x-forwarded-for", "1.2.3.4"]);
});

test("hop-by-hop headers and those that Connection names end here, Host is set anew", () => {
  const raw = [
    "Host",
    "a",
    "Connection",
    "Keep-Alive, X-Secret",
    "Connection",
    "Authorization",
    "X-Secret",
    "1",
    "Authorization",
    "b",
    "TE",
    "trailers",
    "Transfer-Encoding",
    "chunked",
    "Content-Length",
    "3",
    "Proxy-Authorization",
    "x",
    "Expect",
    "100-continue",
  ];
  expect(sanitisedHeaders(raw, "in-cluster")).toEqual(["content-length", "3"]);
});

test("Connection cannot take the length of the body away", () => {
  expect(sanitisedHeaders(["Connection", "content-length", "Content-Length", "3"], "outside")).toEqual([
    "content-length",
    "3",
  ]);
});

test("all values of a header are seen", () => {
  expect(headerValue(["a", "1", "b", "2", "a", "3"], "a")).toBe("1,3");
  expect(headerValue(["a", "1"], "c")).toBeUndefined();
});
