/** Generates again what is committed as generated and fails when anything differs. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

const patterns = ["crds/src/generated/**/*.ts", "frontend/src/api/generated/**/*.ts"];

function fingerprint(): Map<string, string> {
  const files = globSync(patterns).sort();
  return new Map(files.map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")]));
}

const before = fingerprint();
execFileSync("npm", ["run", "generate"], { stdio: ["ignore", "ignore", "inherit"] });
const after = fingerprint();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
if (changed.length > 0) {
  console.error(`not up to date (run "npm run generate" and commit):\n  ${changed.join("\n  ")}`);
  process.exitCode = 1;
}
