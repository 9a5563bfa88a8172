import { expect, it } from "vitest";
import { InvalidError, UnavailableError } from "#api/errors.ts";
import { filterError } from "./filter-errors.ts";

const all = { labels: "a==", fields: "x=1", where: "object." };
const invalid = (message: string) => new InvalidError(message, "BAD_INPUT");

it.each([
  ["the expression does not compile at character 8: x", all, "where"],
  ["field label not supported: x", all, "fields"],
  ["unable to parse requirement: found '='", all, "labels"],
  ["something else", { labels: "x" }, "labels"],
  ["something else", all, undefined],
  ["the expression is odd", {}, undefined],
])("%s", (message, search, field) => {
  expect(filterError(invalid(message), search)?.field).toBe(field);
});

it("is about no filter when the server could not be asked", () => {
  expect(filterError(new UnavailableError("no field here", "UNAVAILABLE"), all)).toBeUndefined();
  expect(filterError(undefined, all)).toBeUndefined();
});
