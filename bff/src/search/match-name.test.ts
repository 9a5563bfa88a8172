import { describe, expect, it } from "vitest";
import { matchName, searchWords } from "./match-name.ts";

/** The names that fit, best first. */
function found(text: string, ...names: string[]): string[] {
  const words = searchWords(text);
  return names
    .map((name) => ({ name, score: matchName(name, words) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ name }) => name);
}

describe("matchName", () => {
  it("puts the whole name before beginnings, parts, insides and letters in order", () => {
    const names = ["w-x-e-b", "cobweb", "my-web", "website", "web"];
    expect(found("web", ...names)).toEqual(["web", "website", "my-web", "cobweb", "w-x-e-b"]);
  });

  it("wants every word, in any order", () => {
    expect(found("api shop", "shop-api", "shop-web", "api")).toEqual(["shop-api"]);
  });

  it("prefers the shorter of names that fit alike", () => {
    expect(found("web", "web-frontend-2", "web-1")).toEqual(["web-1", "web-frontend-2"]);
  });

  it("takes letters in order from three on only", () => {
    expect(found("wb", "web")).toEqual([]);
    expect(found("shpapi", "shop-api")).toEqual(["shop-api"]);
  });

  it("reads capitals and namespaces with a slash as words", () => {
    expect(searchWords(" Shop/API ")).toEqual(["shop", "api"]);
  });
});
