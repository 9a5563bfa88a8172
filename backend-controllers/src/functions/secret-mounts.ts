import { posix } from "node:path";
import type { FunctionSpec } from "@kyma/crds/generated/functions.gen.ts";
import { sourcesPath } from "./pod-template.ts";

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What is wrong with spec.secretMounts. */
export function secretMountProblems(spec: FunctionSpec): string[] {
  const names = new Set<string>();
  const paths = new Set<string>(["/tmp", sourcesPath]);
  return (spec.secretMounts ?? []).flatMap(({ secretName, mountPath }) => {
    const problems = [];
    const mount = `spec.secretMounts: Secret ${JSON.stringify(secretName)}`;
    if (secretName.length > 253 || !subdomain.test(secretName)) problems.push(`${mount} is not a legal name`);
    if (names.has(secretName)) problems.push(`${mount} is mounted more than once`);
    names.add(secretName);
    const path = posix.normalize(mountPath).replace(/(?<=.)\/$/, "");
    if (!mountPath.startsWith("/") || path === "/" || /[:\0]/.test(mountPath)) {
      problems.push(
        `${mount}: mountPath ${JSON.stringify(mountPath)} must be an absolute path other than /, without a colon`,
      );
    } else if (paths.has(path)) problems.push(`${mount}: mountPath ${mountPath} is taken`);
    paths.add(path);
    return problems;
  });
}
