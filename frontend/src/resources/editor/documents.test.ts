import { describe, expect, it } from "vitest";
import {
  applyOrder,
  holdsSecret,
  isPromised,
  mostDocuments,
  splitDocuments,
  uploadFault,
} from "./documents.ts";

const object = (kind: string, name: string): string => `kind: ${kind}\nmetadata: {name: ${name}}\n`;

describe("splitDocuments", () => {
  it("gives each document its first line and leaves out those that hold nothing", () => {
    const text = `# head\n${object("A", "a")}---\n# nothing\n---\n${object("B", "b")}...\n--- # c\n{"kind": "C", "metadata": {"name": "c"}}\n`;
    const found = splitDocuments(text);
    expect(found.map(({ kind, name }) => [kind, name])).toEqual([
      ["A", "a"],
      ["B", "b"],
      ["C", "c"],
    ]);
    for (const { firstLine, text: own } of found) {
      const [, second = ""] = own.split("\n");
      expect(text.split("\n")[firstLine]).toBe(second);
    }
  });
  it("does not split at dashes inside a line", () => {
    expect(splitDocuments("kind: A\ndata: a --- b\n  ---\n")).toHaveLength(1);
  });
  it("reads words only, so that neither faults nor aliases cost anything", () => {
    const bomb = `kind: A\na: &a [x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\nkind: A\n`;
    expect(splitDocuments(bomb)).toMatchObject([{ name: "" }]);
  });
});

describe("uploadFault", () => {
  it("bounds the number and the length of documents", () => {
    const many = Array.from({ length: mostDocuments + 1 }, () => object("A", "a")).join("---\n");
    expect(uploadFault(many, splitDocuments(many))).toContain("201 documents");
    const long = `${object("A", "a")}---\nkind: ${"x".repeat(1024 * 1024)}\n`;
    expect(uploadFault(long, splitDocuments(long))).toContain("line 3 is longer");
    expect(uploadFault("a: 1", splitDocuments("a: 1"))).toBeUndefined();
  });
});

describe("applyOrder", () => {
  it("puts definitions and namespaces first and keeps the order otherwise", () => {
    const text = ["Widget", "Deployment", "Namespace", "CustomResourceDefinition", "Job"]
      .map((kind) => object(kind, "x"))
      .join("---\n");
    expect(applyOrder(splitDocuments(text)).map(({ kind }) => kind)).toEqual([
      "CustomResourceDefinition",
      "Namespace",
      "Widget",
      "Deployment",
      "Job",
    ]);
  });
});

describe("isPromised", () => {
  const documents = splitDocuments(
    `${object("Namespace", "new")}---\n${object("CustomResourceDefinition", "widgets.example.com")}`,
  );
  it("knows what the upload itself makes", () => {
    expect(isPromised({ apiVersion: "v1", kind: "Pod", namespace: "new" }, documents)).toBe(true);
    expect(isPromised({ apiVersion: "example.com/v1", kind: "Widget", namespace: "a" }, documents)).toBe(
      true,
    );
    expect(isPromised({ apiVersion: "other.com/v1", kind: "Widget", namespace: "a" }, documents)).toBe(false);
    expect(isPromised({ apiVersion: "v1", kind: "Pod", namespace: "gone" }, documents)).toBe(false);
  });
});

describe("holdsSecret", () => {
  it("sees Secrets however they are written", () => {
    for (const text of ["kind: Secret", '{"kind":"Secret"}', "kind : 'Secret'"])
      expect(holdsSecret(text)).toBe(true);
    expect(holdsSecret("kind: SecretStore")).toBe(false);
  });
});
