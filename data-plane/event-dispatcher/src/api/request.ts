import { badRequest, notFound } from "./failure.ts";
import { deliveryVersion } from "@kyma/eventing/delivery-objects.ts";
import type { DeleteOptions, Selection } from "./resource.ts";

/** What a URL names. */
export interface Target {
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
// Nothing that is percent-encoded is let in: the API server must have understood the same path when it decided.
const pattern = new RegExp(
  `^/apis/${deliveryVersion.replaceAll(".", "\\.")}/(?:namespaces/(${label})/)?([a-z]+)(?:/([a-z0-9][a-z0-9.-]{0,252})(?:/([a-z]+))?)?$`,
);
const largestPage = 500;

/** Reads the path of a resource; undefined for any other path. Pure. */
export function readTarget(path: string): Target | undefined {
  const match = pattern.exec(path);
  if (!match) return undefined;
  const [, namespace, plural = "", name, subresource] = match;
  return {
    plural,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** Whether the API server takes a GET for a watch: the parameter is there and does not say no. Pure. */
export function isWatch(query: URLSearchParams): boolean {
  const value = query.get("watch");
  return value !== null && !["false", "0"].includes(value.toLowerCase());
}

/** How many objects a page may have: 500 where more, or nothing, is asked for. Pure. */
export function readLimit(query: URLSearchParams): number {
  const text = query.get("limit") ?? "";
  if (text === "") return largestPage;
  if (!/^\d{1,18}$/.test(text)) throw badRequest(`limit "${text.slice(0, 50)}" must be a whole number`);
  return Math.min(Number(text) || largestPage, largestPage);
}

/**
 * Reads namespace, name and Subscription of a list, from the path, `?subscription=` and `?fieldSelector=`. A selector that is not known is
 * refused: it must never widen what is shown or deleted. Pure.
 */
export function readSelection(target: Target, query: URLSearchParams): Selection {
  const { namespace } = target;
  if ((query.get("labelSelector") ?? "") !== "")
    throw badRequest("objects of this API have no labels: leave out the label selector");
  const selection: Selection = namespace === undefined ? {} : { namespace };
  const subscription = query.get("subscription");
  if (subscription) narrow(selection, "subscription", subscription);
  for (const field of (query.get("fieldSelector") ?? "").split(",")) {
    if (field === "") continue;
    const match = /^(metadata\.name|metadata\.namespace|subscription)==?([^=!]+)$/.exec(field);
    if (!match)
      throw badRequest(
        `field selector "${field.slice(0, 100)}" is not known here: use metadata.name, metadata.namespace or subscription`,
      );
    narrow(selection, match[1]?.replace("metadata.", "") as keyof Selection, match[2] ?? "");
  }
  return selection;
}

function narrow(selection: Selection, field: keyof Selection, value: string): void {
  const known = selection[field];
  if (known !== undefined && known !== value)
    throw badRequest(`${field} cannot be "${known}" and "${value.slice(0, 100)}" at once`);
  selection[field] = value;
}

/** Reads `DeleteOptions` from query and body. Pure. */
export function readDeleteOptions(query: URLSearchParams, body: unknown): DeleteOptions {
  const { dryRun, preconditions } = (body ?? {}) as {
    dryRun?: unknown;
    preconditions?: Record<string, unknown>;
  };
  const dryRuns = [query.getAll("dryRun"), dryRun ?? []].flat();
  if (dryRuns.some((one) => one !== "All")) throw badRequest('dryRun can only be "All"');
  const options: DeleteOptions = { dryRun: dryRuns.length > 0 };
  for (const name of ["uid", "resourceVersion"] as const) {
    const value = preconditions?.[name] ?? undefined;
    if (typeof value === "string") options[name] = value;
    else if (value !== undefined) throw badRequest(`preconditions.${name} must be text`);
  }
  return options;
}

/** The namespace that a request must name. */
export function requireNamespace({ namespace, plural }: Target): string {
  if (namespace === undefined) throw notFound(`${plural} are in namespaces: name one`);
  return namespace;
}
