import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentScript, takeUpEnvironment } from "./environment-file.ts";

test("a process gets every value as it is, whatever its name and content", () => {
  const directory = mkdtempSync(join(tmpdir(), "kyma-env-"));
  const env = {
    PLAIN: "a b",
    QUOTES: `it's "quoted" $HOME \`id\` \\`,
    LINES: "one\ntwo\n",
    EMPTY: "",
    "with.dot": "dotted 'value'",
    "with-dash": "$(id)",
    UNICODE: "žluťoučký",
  };
  try {
    writeFileSync(join(directory, "env"), environmentScript(env));
    const descriptor = openSync(join(directory, "env"), "r");
    const [command, ...args] = [...takeUpEnvironment, process.execPath, "-p", "JSON.stringify(process.env)"];
    const stdio = [
      "ignore",
      "pipe",
      "inherit",
      ...Array.from({ length: 5 }, () => "ignore" as const),
      descriptor,
    ] as const;
    const output = execFileSync(command, args, { env: {}, stdio: [...stdio] });
    expect(JSON.parse(output.toString())).toMatchObject(env);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
