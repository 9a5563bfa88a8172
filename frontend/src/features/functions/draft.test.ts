import { describe, expect, it } from "vitest";
import { afterSave, changedFields, dependenciesProblem, editOf, takeTheirs, withField } from "./draft.ts";
import type { FunctionSpec, KymaFunction } from "./kyma-function.ts";

function fn(source: string, more: Partial<FunctionSpec> = {}): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "hello", resourceVersion: "1" },
    spec: { runtime: "nodejs24", source: { inline: { source } }, ...more },
    status: { replicas: 1 },
  };
}

describe("withField", () => {
  it("keeps the Function as it was when editing began, although it changes meanwhile", () => {
    const first = withField(undefined, fn("a"), "source", "b");
    const second = withField(first, fn("changed by others"), "source", "bc");
    expect(second?.base.spec.source.inline?.source).toBe("a");
    expect(second?.base.status).toBeUndefined();
  });
  it("is no draft any more once everything is as before", () => {
    const draft = withField(undefined, fn("a"), "source", "b");
    expect(withField(draft, fn("a"), "source", "a")).toBeUndefined();
  });
  it("does not mind the order of labels", () => {
    const base = fn("a", { labels: { x: "1", y: "2" } });
    expect(withField(undefined, base, "labels", { y: "2", x: "1" })).toBeUndefined();
  });
});

describe("editOf", () => {
  it("sends only what was changed, and null for what goes", () => {
    const base = fn("a", { env: [{ name: "X", value: "1" }], replicas: 3 });
    let draft = withField(undefined, base, "env", []);
    draft = withField(draft, base, "replicas", 3);
    draft = withField(draft, base, "source", "b");
    if (!draft) throw new Error("no draft");
    expect(editOf(draft)).toEqual({ env: null, source: "b" });
  });
  it("can set replicas to zero", () => {
    const draft = withField(undefined, fn("a"), "replicas", 0);
    if (!draft) throw new Error("no draft");
    expect(editOf(draft)).toEqual({ replicas: 0 });
  });
});

describe("afterSave", () => {
  const sent = withField(undefined, fn("a"), "source", "b");
  it("leaves nothing when nothing was typed meanwhile", () => {
    if (!sent) throw new Error("no draft");
    expect(afterSave(sent, sent, fn("b"))).toBeUndefined();
  });
  it("keeps what was typed while the save was on its way, upon what was saved", () => {
    if (!sent) throw new Error("no draft");
    const typed = withField(sent, fn("a"), "source", "bc");
    const rest = afterSave(typed, sent, fn("b"));
    expect(rest?.fields).toEqual({ source: "bc" });
    expect(rest?.base.spec.source.inline?.source).toBe("b");
  });
});

describe("takeTheirs", () => {
  it("gives up the fields in conflict and keeps the others", () => {
    let draft = withField(undefined, fn("a"), "source", "mine");
    draft = withField(draft, fn("a"), "labels", { team: "x" });
    if (!draft) throw new Error("no draft");
    const rest = takeTheirs(draft, [{ field: ".spec.source.inline.source" }], fn("theirs"));
    expect(rest && changedFields(rest)).toEqual(["labels"]);
    expect(rest?.base.spec.source.inline?.source).toBe("theirs");
  });
});

describe("dependenciesProblem", () => {
  it("accepts an object or nothing", () => {
    expect(dependenciesProblem(' {"dependencies": {}}')).toBeUndefined();
    expect(dependenciesProblem(" \n")).toBeUndefined();
  });
  it("says what is wrong otherwise", () => {
    expect(dependenciesProblem("[]")).toContain("JSON object");
    expect(dependenciesProblem("{")).toContain("no valid JSON");
  });
});
