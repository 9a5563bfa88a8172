/**
 * One sentence on why `npm install` failed, from what it wrote to stderr, with the name of the dependency at fault.
 * Addresses are left out: a registry's may hold credentials.
 */
export function describeNpmFailure(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trim());
  const code = /^code (\w+)$/m.exec(lines.join("\n"))?.[1];
  const all = lines.join("\n");
  switch (code) {
    case "E404":
      return `The dependency "${missingPackage(all)}" does not exist in the package registry.`;
    case "ETARGET":
      return `The dependency "${noVersion(all)}" does not exist in the package registry: no version matches.`;
    case "ERESOLVE":
      return `The dependencies contradict each other: ${conflict(lines)}.`;
    case "E401":
    case "E403":
      return `The package registry refused access${ofPackage(all)}: check the registry configuration (.npmrc).`;
    case "EBADENGINE":
      return `A dependency does not run on this Node.js version: ${firstDetail(lines)}.`;
    case "ENOSPC":
      return "The dependencies do not fit on the disk.";
    default:
      return isNetworkCode(code)
        ? `The package registry cannot be reached (${code}).`
        : `npm could not install the dependencies${code === undefined ? "" : ` (${code})`}: ${firstDetail(lines)}.`;
  }
}

function missingPackage(text: string): string {
  const quoted = /'([^'\s]+)' (?:is not in this registry|is not in the npm registry|could not be found)/.exec(
    text,
  )?.[1];
  const requested = quoted ?? /requested resource '([^'\s]+)'/.exec(text)?.[1];
  return withoutVersion(requested ?? packageOfAddress(text) ?? "(unnamed)");
}

function noVersion(text: string): string {
  return /No matching version found for ([^\s]+?)\.?(?:\s|$)/.exec(text)?.[1] ?? "(unnamed)";
}

function ofPackage(text: string): string {
  const name = packageOfAddress(text);
  return name === undefined ? "" : ` to "${name}"`;
}

function packageOfAddress(text: string): string | undefined {
  const address =
    /https?:\/\/[^/\s]+\/(?:\S*\/)?((?:@|%40)[\w.~-]+(?:%2f|\/)[\w.~-]+|[\w.~-]+)(?:\s|$)/i.exec(text)?.[1];
  return address === undefined ? undefined : decodeURIComponent(address);
}

function withoutVersion(spec: string): string {
  return spec.replace(/(?<=.)@[^@/]*$/, "");
}

function conflict(lines: string[]): string {
  const detail = lines.find((line) => line.startsWith("Could not resolve dependency"));
  const next = detail === undefined ? undefined : lines[lines.indexOf(detail) + 1];
  return next ?? lines.find((line) => line.startsWith("While resolving")) ?? "see the log";
}

function firstDetail(lines: string[]): string {
  const detail = lines.find(
    (line) => line !== "" && !/^(?:code|errno|syscall|path|npm warn|A complete log)\b/i.test(line),
  );
  return (detail ?? "see the log")
    .replaceAll(/https?:\/\/\S+/g, "the registry")
    .replace(/\.$/, "")
    .slice(0, 500);
}

function isNetworkCode(code: string | undefined): boolean {
  return /^(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|E5\d\d)$/.test(
    code ?? "",
  );
}
