/** Sections of a package.json that npm installs from. */
const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;

const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

/** A package.json whose dependencies all come from the registry. */
export interface DependencyManifest {
  /** Dependency → range, of all sections. */
  packages: Map<string, string>;
  /** The parts that decide what gets installed, in a form that is equal for equal dependencies. */
  identity: string;
}

/**
 * Checks the text of a Function's package.json.
 * @throws Error whose message is one sentence that names the offending dependency.
 */
export function readDependencies(text: string): DependencyManifest {
  const manifest = parseObject(text);
  const packages = new Map<string, string>();
  for (const section of sections) {
    for (const [name, range] of Object.entries(readSection(manifest, section))) {
      checkPackage(name, range);
      packages.set(name, range as string);
    }
  }
  checkOverrides(manifest["overrides"], 0);
  if (manifest["workspaces"] !== undefined)
    throw new Error('The Function\'s dependencies must not have "workspaces".');
  const identity = JSON.stringify(
    [...sections, "overrides"].map((section) => sortKeys(manifest[section] ?? {})),
  );
  return { packages, identity };
}

function parseObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`The Function's dependencies are not valid JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error(
      'The Function\'s dependencies must be a JSON object such as { "dependencies": { "lodash": "^4" } }.',
    );
  }
  return parsed as Record<string, unknown>;
}

function readSection(manifest: Record<string, unknown>, section: string): Record<string, unknown> {
  const value = manifest[section] ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new Error(
      `"${section}" of the Function's dependencies must be an object of package names and versions.`,
    );
  }
  return value as Record<string, unknown>;
}

function checkPackage(name: string, range: unknown): void {
  if (!packageName.test(name) || name.length > 214) {
    throw new Error(`The dependency "${name.slice(0, 214)}" has a name that no package can have.`);
  }
  checkRange(name, range);
}

/** Only what the registry serves: a version, a range or a tag, also under another name (`npm:other@1`). */
function checkRange(name: string, range: unknown): void {
  if (typeof range !== "string") {
    throw new Error(`The dependency "${name}" must have a version as text, such as "^1.0.0".`);
  }
  const asked = range.trim();
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)(?:@(.*))?$/i.exec(asked);
  const version = alias === null ? asked : (alias[2] ?? "");
  const isForeign = /[:/\\]|^\.|\.(?:tgz|tar|tar\.gz)$/i.test(version);
  if (!isForeign && (alias === null || packageName.test(alias[1] ?? ""))) return;
  throw new Error(
    `The dependency "${name}" asks for "${withoutCredentials(asked)}": only versions from the package registry are installed, ` +
      "no files, links, git repositories or URLs.",
  );
}

/** `overrides` nest: { "a": "1", "b": { ".": "2", "c": "3" } }; `$name` refers to a direct dependency. */
function checkOverrides(overrides: unknown, depth: number): void {
  if (overrides === undefined) return;
  if (typeof overrides !== "object" || overrides === null || depth > 10) {
    throw new Error(
      '"overrides" of the Function\'s dependencies must be an object of package names and versions.',
    );
  }
  for (const [name, value] of Object.entries(overrides)) {
    if (typeof value === "object") checkOverrides(value, depth + 1);
    else if (typeof value !== "string" || !value.startsWith("$")) checkRange(name, value);
  }
}

function withoutCredentials(spec: string): string {
  return spec.replace(/\/\/[^/@]*@/, "//").slice(0, 200);
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
