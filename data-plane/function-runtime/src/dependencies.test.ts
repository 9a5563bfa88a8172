import { describe, expect, it } from "vitest";
import { readDependencies } from "./dependencies.ts";

const withDependency = (name: string, range: unknown) => JSON.stringify({ dependencies: { [name]: range } });

describe("readDependencies", () => {
  it.each([
    "1.2.3",
    "^1",
    "~1.2",
    ">=1 <3 || 5.x",
    "1.0.0 - 2.0.0",
    "*",
    "",
    "latest",
    "next-14",
    "npm:other@^1",
    "npm:@s/other@1",
    "npm:other",
  ])("accepts the range %j", (range) => {
    expect([...readDependencies(withDependency("@scope/name.js", range)).packages]).toEqual([
      ["@scope/name.js", range],
    ]);
  });

  it.each([
    "file:../x",
    "link:./x",
    "./x",
    "../x",
    "/etc",
    "~/x",
    "x.tgz",
    "user/repo",
    "user/repo#main",
    "github:user/repo",
    "gitlab:u/r",
    "git://h/r",
    "git+ssh://git@h/r.git",
    "git+file:///x",
    "git@host:user/repo",
    "https://h/x.tgz",
    "HTTP://h/x",
    "workspace:*",
    "npm:git+ssh://h/r",
    "npm:x@file:y",
    "npm:x@user/repo",
    " file:x",
  ])("refuses %j by name", (range) => {
    expect(() => readDependencies(withDependency("evil", range))).toThrow(
      /^The dependency "evil" asks for ".*": only versions/,
    );
  });

  it.each(["devDependencies", "optionalDependencies", "peerDependencies", "overrides"])(
    "looks into %s, too",
    (section) => {
      expect(() => readDependencies(JSON.stringify({ [section]: { evil: "file:/" } }))).toThrow('"evil"');
    },
  );

  it("looks into nested overrides", () => {
    expect(() => readDependencies('{"overrides":{"a":{".":"1","b":{"evil":"git://x"}}}}')).toThrow('"evil"');
    expect(readDependencies('{"dependencies":{"a":"1"},"overrides":{"b":"$a"}}').packages.size).toBe(1);
  });

  it.each(["../x", "__pro to__", "a/b/c", "", ".hidden", "x".repeat(215)])("refuses the name %j", (name) => {
    expect(() => readDependencies(withDependency(name, "1"))).toThrow(/has a name that no package can have/);
  });

  it("keeps credentials out of its sentences", () => {
    expect(() => readDependencies(withDependency("a", "https://user:secret@h/x"))).toThrow(/^(?!.*secret)/);
  });

  it.each([
    "[]",
    "null",
    "7",
    '"x"',
    "{",
    '{"dependencies":[]}',
    '{"dependencies":{"a":1}}',
    '{"workspaces":["x"]}',
  ])("refuses %s", (text) => {
    expect(() => readDependencies(text)).toThrow(/dependenc/);
  });

  it("sees through the order of names", () => {
    const identity = (text: string) => readDependencies(text).identity;
    expect(identity('{"dependencies":{"a":"1","b":"2"}}')).toBe(
      identity('{"name":"x","dependencies":{"b":"2","a":"1"}}'),
    );
    expect(identity('{"dependencies":{"a":"1"}}')).not.toBe(identity('{"dependencies":{"a":"2"}}'));
  });
});
