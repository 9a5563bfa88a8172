import { expect, test } from "vitest";
import { AddressPool, listeningAddresses, processAddress } from "./addresses.ts";

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

test("each cluster begins elsewhere, and passes over addresses on which anything listens", () => {
  const pool = new AddressPool(7, () => new Set(["127.244.7.3"]));
  expect([pool.allocate("a"), pool.allocate("b")]).toEqual(["10.244.7.2", "10.244.7.4"]);
  expect(new AddressPool(255 + 9).allocate("a")).toBe("10.244.9.2");
});

test("who listens is read from the kernel's table", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue",
    "   0: 0305F47F:1F90 00000000:0000 0A 00000000:00000000",
    "   1: 0405F47F:1F90 0100007F:1234 01 00000000:00000000",
  ].join("\n");
  expect(listeningAddresses(table)).toEqual(new Set(["127.244.5.3"]));
});
