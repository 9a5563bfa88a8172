import { expect, test } from "vitest";
import { publicLookup } from "./public-addresses.ts";

test("a name that resolves to loopback is refused when it is dialled", async () => {
  const { promise, resolve } = Promise.withResolvers<Error | null>();
  publicLookup("localhost", { all: true }, (error) => resolve(error));
  expect((await promise)?.message).toBe("localhost is not a public address");
});
