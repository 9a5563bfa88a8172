import { expect, test } from "vitest";
import { isPublicAddress, refuseLiteral } from "./public-addresses.ts";

test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111"])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  "127.0.0.1",
  "127.244.0.5",
  "0.0.0.0",
  "10.244.0.5",
  "172.16.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:10.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::a00:1",
  "2002:a00:1::",
  "fe80::1",
  "fc00::1",
  "ff02::1",
  "2001:db8::1",
  "no address",
])("%s is not", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("literals are refused in every spelling that a URL allows", () => {
  for (const host of [
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "[::ffff:10.0.0.1]",
    "[::]",
    "169.254.169.254",
  ]) {
    expect(() => refuseLiteral(new URL(`https://${host}/`).hostname), host).toThrow(
      "is not a public address",
    );
  }
  expect(() => refuseLiteral("issuer.example.com")).not.toThrow();
});
