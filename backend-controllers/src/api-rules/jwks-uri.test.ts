import { expect, test } from "vitest";
import { jwksUriProblem } from "./jwks-uri.ts";

test.each([
  "https://issuer.example/keys",
  "https://issuer.example:8443/keys?x=1",
  "https://8.8.8.8/keys",
  "https://[2001:4860:4860::8888]/keys",
  "http://issuer.kyma-system.svc.cluster.local/keys",
  "http://issuer.kyma-system.svc.cluster.local:8080",
])("%s is fine", (uri) => {
  expect(jwksUriProblem(uri)).toBeUndefined();
});

test.each([
  ["keys", /not an http or https URI/],
  ["", /not an http or https URI/],
  ["file:///etc/passwd", /not an http or https URI/],
  ["https:issuer.example", /not an http or https URI/],
  ["https:///keys", /not an http or https URI/],
  ["http://issuer.example/keys", /must use https/],
  ["http://svc.cluster.local.evil.example/", /must use https/],
  ["http://evil.example/.svc.cluster.local", /must use https/],
  ["http://127.0.0.1/", /must use https/],
  ["https://user:word@issuer.example/", /credentials/],
  ["https://localhost/", /private/],
  ["https://a.localhost./", /private/],
  ["https://127.0.0.1/", /private/],
  ["https://2130706433/", /private.*127\.0\.0\.1/],
  ["https://0x7f.1/", /private/],
  ["https://10.1.2.3/", /private/],
  ["https://172.31.0.1/", /private/],
  ["https://192.168.0.1/", /private/],
  ["https://169.254.169.254/latest", /private/],
  ["https://100.64.0.1/", /private/],
  ["https://0.0.0.0/", /private/],
  ["https://[::1]/", /private/],
  ["https://[::]/", /private/],
  ["https://[::ffff:10.0.0.1]/", /private/],
  ["https://[fd00::1]/", /private/],
  ["https://[fe80::1]/", /private/],
])("%s is refused", (uri, reason) => {
  expect(jwksUriProblem(uri)).toMatch(reason);
});
