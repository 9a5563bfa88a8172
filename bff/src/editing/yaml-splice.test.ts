import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { applyChanges } from "./apply-changes.ts";
import { diff, type Change } from "./changes.ts";
import { FieldSchema } from "./field-schema.ts";
import type { Path } from "./field-paths.ts";
import { editYaml } from "./yaml-splice.ts";

const schema = FieldSchema.of(undefined, {
  group: "",
  version: "v1",
  plural: "",
  kind: "",
  namespaced: true,
});

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Line {
  text: string;
  path?: Path;
}

const scalars = [
  "1",
  "true",
  '"quoted # not a comment"',
  "plain text",
  "'it''s'",
  "null",
  "3.50",
  "~",
  "0x1F",
];

/** A valid object as lines with comments, blank lines, odd quotes and spacing; each scalar's line knows its path. */
function generate(next: () => number, indent = 0, path: Path = [], depth = 0): Line[] {
  const pad = " ".repeat(indent);
  const lines: Line[] = [];
  const count = 1 + Math.floor(next() * 4);
  for (let i = 0; i < count; i += 1) {
    const field = `k${i}${next() < 0.2 ? ".example.com/x" : ""}`;
    const below = [...path, { field }];
    if (next() < 0.3) lines.push({ text: `${pad}# comment ${Math.floor(next() * 100)}` });
    if (next() < 0.1) lines.push({ text: "" });
    const kind = depth < 3 ? next() : 1;
    if (kind < 0.35) {
      lines.push({ text: `${pad}${field}:${next() < 0.3 ? "   # on the key" : ""}` });
      lines.push(...generate(next, indent + 2 + Math.floor(next() * 3), below, depth + 1));
    } else if (kind < 0.45) {
      lines.push(
        { text: `${pad}${field}:` },
        { text: `${pad}- one # first` },
        { text: `${pad}- {a: 1,  b: [x]}` },
      );
    } else if (kind < 0.55) {
      lines.push({ text: `${pad}${field}: |-` }, { text: `${pad}  # no comment` }, { text: `${pad}  two` });
    } else {
      const scalar = scalars[Math.floor(next() * scalars.length)] ?? "x";
      const comment = next() < 0.4 ? `${" ".repeat(1 + Math.floor(next() * 3))}# why` : "";
      lines.push({ text: `${pad}${field}:${next() < 0.2 ? "  " : " "}${scalar}${comment}`, path: below });
    }
  }
  return lines;
}

const pick = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

describe("editYaml", () => {
  it("row 25: 500 random objects with comments stay byte-equal apart from the edited path", () => {
    let edited = 0;
    for (let seed = 1; edited < 500; seed += 1) {
      const next = random(seed);
      const lines = generate(next);
      const targets = lines.flatMap((line, at) => (line.path ? [{ at, path: line.path }] : []));
      if (targets.length === 0) continue;
      edited += 1;
      const text = `${lines.map((line) => line.text).join("\n")}\n`;
      const { at, path } = pick(next, targets);
      const value = pick(next, [
        "new",
        42,
        "yes",
        "a: b",
        "two\nlines",
        { deep: { er: [1] } },
        ["x", "y"],
        "",
        false,
      ]);
      const change: Change = { path, kind: "set", after: value };
      const result = editYaml(schema, text, [change]);
      expect(parse(result), text).toEqual(applyChanges(schema, parse(text) as object, [change]));
      const before = text.split("\n");
      const after = result.split("\n");
      expect(after.slice(0, at), text).toEqual(before.slice(0, at));
      expect(after.slice(after.length - (before.length - at - 1)), text).toEqual(before.slice(at + 1));
    }
  });

  it("adds and removes fields in random objects and keeps every comment that is not in what goes", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = random(seed * 7);
      const lines = generate(next);
      const text = `${lines.map((line) => line.text).join("\n")}\n`;
      const object = parse(text) as Record<string, unknown>;
      const wanted = { ...object, added: { x: [1, { y: "z" }] } };
      const result = editYaml(schema, text, diff(schema, object, wanted));
      expect(parse(result), text).toEqual(wanted);
      expect(result.startsWith(text.trimEnd()), text).toBe(true);
      expect(editYaml(schema, result, diff(schema, wanted, object)), text).toBe(text);
    }
  });

  it("edits what lies behind an alias without changing the other place", () => {
    const text = "a: &x {n: 1} # shared\nb: *x\n";
    const result = editYaml(schema, text, [
      { path: [{ field: "b" }, { field: "n" }], kind: "set", after: 2 },
    ]);
    expect(parse(result)).toEqual({ a: { n: 1 }, b: { n: 2 } });
    expect(result).toContain("# shared");
  });
});
