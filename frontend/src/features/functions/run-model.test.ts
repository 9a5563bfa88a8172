import { describe, expect, it } from "vitest";
import { durationMsText, prettyBody, runProblem, toRunRequest } from "./run-model.ts";

const form = { method: "POST", path: "/", headers: "", body: "" };

describe("toRunRequest", () => {
  it("reads header lines, whatever stands around the colon", () => {
    const { headers } = toRunRequest({ ...form, headers: " content-type : text/plain \n\nx-time: 10:30 " });
    expect(headers).toEqual([
      { name: "content-type", value: "text/plain" },
      { name: "x-time", value: "10:30" },
    ]);
  });
  it("sends no body with GET, and none when it is empty", () => {
    expect(toRunRequest({ ...form, method: "GET", body: "x" }).body).toBeNull();
    expect(toRunRequest(form).body).toBeNull();
    expect(toRunRequest({ ...form, body: "x" }).body).toBe("x");
  });
});

describe("runProblem", () => {
  it("names the broken line", () => {
    expect(runProblem({ ...form, headers: "a: 1\nno header" })).toContain('"no header"');
    expect(runProblem({ ...form, path: "x" })).toContain("slash");
    expect(runProblem({ ...form, headers: "a: 1" })).toBeUndefined();
  });
});

describe("prettyBody", () => {
  it("indents JSON and leaves other text alone", () => {
    expect(prettyBody('{"a":[1]}')).toEqual({ text: '{\n  "a": [\n    1\n  ]\n}', json: true });
    expect(prettyBody("Hello")).toEqual({ text: "Hello", json: false });
    expect(prettyBody("42")).toEqual({ text: "42", json: false });
  });
});

it("prints durations in fitting units", () => {
  expect([3.21, 840.4, 2412].map(durationMsText)).toEqual(["3.2 ms", "840 ms", "2.41 s"]);
});
