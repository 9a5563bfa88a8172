import { beforeEach, describe, expect, it } from "vitest";
import {
  namespacesAddress,
  namespacesLabel,
  parseNamespaces,
  rememberTyped,
  typedNamespaces,
} from "./namespace-scope.ts";

beforeEach(() => localStorage.clear());

describe("parseNamespaces", () => {
  it.each([
    ["-all-", undefined],
    ["shop", ["shop"]],
    ["a,b,a, c", ["a", "b", "c"]],
    ["a,-all-", ["a"]],
    ["", undefined],
    ["../x,UPPER", undefined],
  ])("reads %s", (ns, names) => expect(parseNamespaces(ns)).toEqual(names));
});

it("writes sets as addresses and in words", () => {
  expect(namespacesAddress(undefined)).toBe("-all-");
  expect(namespacesAddress([])).toBe("-all-");
  expect(namespacesAddress(["a", "b"])).toBe("a,b");
  expect(namespacesLabel(undefined)).toBe("all");
  expect(namespacesLabel(["a"])).toBe("a");
  expect(namespacesLabel(["a", "b", "c"])).toBe("a and 2 more");
});

it("remembers typed names, however damaged the memory is", () => {
  localStorage.setItem("kyma.namespaces.typed", '{"not":"a list"}');
  rememberTyped("shop");
  rememberTyped("Not A Name");
  rememberTyped("shop");
  expect(typedNamespaces()).toEqual(["shop"]);
});
