import { expect, test } from "vitest";
import { AddressPool, processAddress } from "./addresses.ts";

test("a pod address maps to the loopback address that its process listens on", () => {
  expect(processAddress("10.244.3.17")).toBe("127.244.3.17");
});

test.each(["10.245.0.1", "10.244.256.1", "10.244.01.1", "127.0.0.1", "10.244.1", "10.244.1.2.3", ""])(
  "%s is no pod address",
  (address) => {
    expect(processAddress(address)).toBeUndefined();
  },
);

test("addresses are unique, skip what is reserved and come round again", () => {
  const pool = new AddressPool();
  pool.reserve("10.244.0.5", "a");
  const given = Array.from({ length: 600 }, (_, index) => pool.allocate(`pod-${index}`));
  expect(new Set([...given, "10.244.0.5"]).size).toBe(601);
  expect(given.every((address) => processAddress(address))).toBe(true);
  expect(given.some((address) => /\.(0|255)$/.test(address))).toBe(false);
});

test("an address of another pod cannot be reserved, and only its owner releases it", () => {
  const pool = new AddressPool();
  pool.reserve("10.244.0.9", "a");
  expect(() => pool.reserve("10.244.0.9", "b")).toThrow("belongs to pod a");
  pool.release("10.244.0.9", "b");
  expect(() => pool.reserve("10.244.0.9", "b")).toThrow("belongs to pod a");
  pool.release("10.244.0.9", "a");
  expect(() => pool.reserve("10.244.0.9", "b")).not.toThrow();
});
