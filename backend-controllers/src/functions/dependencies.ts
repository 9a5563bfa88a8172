/** What is wrong with the text of a Node.js Function's dependencies; blank text means none and is fine. */
export function dependencyProblems(text: string): string[] {
  if (text.trim() === "") return [];
  const field = "spec.source.inline.dependencies";
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    return [`${field} must be a package.json, but it is not valid JSON: ${(error as Error).message}`];
  }
  if (!isObject(manifest)) return [`${field} must be a package.json, that is, a JSON object`];
  const problems: string[] = [];
  for (const section of sections) {
    const listed = manifest[section];
    if (listed === undefined) continue;
    if (isObject(listed)) collectProblems(listed, `${field}: ${section}`, problems);
    else problems.push(`${field}: "${section}" must be an object of package names and versions`);
  }
  return problems;
}

const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides"];

/** npm's own rule for names of packages, scoped or not. */
const packageName = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/i;
/** file:, git+ssh:, https:, github:user/repo, user/repo, ./folder … : everything that the package registry does not serve. */
const foreignSource = /^(?!npm:)[a-z][a-z0-9+.-]*:|^[^@\s]+\/|^[.~/\\]/i;

function collectProblems(listed: Record<string, unknown>, where: string, problems: string[]): void {
  const overrides = where.endsWith("overrides");
  for (const [name, version] of Object.entries(listed)) {
    const quoted = JSON.stringify(name);
    if (overrides && isObject(version)) collectProblems(version, where, problems);
    else if (!overrides && !packageName.test(name))
      problems.push(`${where}: ${quoted} is not a package name`);
    else if (typeof version !== "string") problems.push(`${where}: the version of ${quoted} must be a text`);
    else if (foreignSource.test(version.trim())) {
      problems.push(
        `${where}: ${quoted} comes from ${JSON.stringify(version)}; only packages of the package registry can be used, so give a version`,
      );
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
