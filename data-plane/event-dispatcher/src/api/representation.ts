import { deliveryVersion } from "@kyma/eventing/delivery-objects.ts";
import type { Page, Resource, ServedObject } from "./resource.ts";

/** How objects are told: whole, as what kubectl prints, or only their metadata. */
export type Representation = "object" | "table" | "metadata";

const forms: Record<string, Representation> = {
  Table: "table",
  PartialObjectMetadata: "metadata",
  PartialObjectMetadataList: "metadata",
};

/** The first of the wanted forms that there is; undefined when none is (protobuf alone). Pure. */
export function representationOf(accept: string | undefined): Representation | undefined {
  for (const range of (accept ?? "*/*").split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    if (!["application/json", "application/*", "*/*"].includes(type)) continue;
    const as = parameters.find((parameter) => parameter.startsWith("as="))?.slice(3);
    if (as === undefined) return "object";
    const form = forms[as];
    if (form) return form;
  }
  return undefined;
}

export interface Form {
  resource: Resource;
  representation: Representation;
  /** `?includeObject=`: what a Table's rows carry. */
  includeObject: string | null;
  now: number;
}

/** A list as JSON. Pure. */
export function listBody(page: Page<ServedObject>, form: Form): string {
  const { representation, resource } = form;
  const metadata = {
    // Nothing can be watched from a list on.
    resourceVersion: "1",
    ...(page.continueFrom === undefined ? {} : { continue: page.continueFrom }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  };
  if (representation === "table") return tableBody(page.items, metadata, form);
  const isWhole = representation === "object";
  const head = isWhole
    ? { kind: `${resource.kind}List`, apiVersion: deliveryVersion, metadata, ...page.extra }
    : { kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1", metadata };
  return withMember(
    head,
    "items",
    listText(page.items, (item) => (isWhole ? objectText(item, resource) : metadataText(item))),
  );
}

/** One object as JSON. Pure. */
export function objectBody(item: ServedObject, form: Form): string {
  if (form.representation === "table") return tableBody([item], {}, form);
  return form.representation === "metadata" ? metadataText(item) : objectText(item, form.resource);
}

function tableBody(items: readonly ServedObject[], metadata: object, form: Form): string {
  const { resource, includeObject, now } = form;
  const columnDefinitions = resource.columns.map(({ name, type, description, priority = 0 }, index) => ({
    name,
    type,
    format: index === 0 ? "name" : "",
    description,
    priority,
  }));
  const rows = listText(items, (item) => {
    const cells = resource.columns.map((column) => column.cell(item, now));
    if (includeObject === "None") return JSON.stringify({ cells, object: null });
    return withMember(
      { cells },
      "object",
      includeObject === "Object" ? objectText(item, resource) : metadataText(item),
    );
  });
  const head = { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata, columnDefinitions };
  return withMember(head, "rows", rows);
}

function metadataText({ metadata }: ServedObject): string {
  return JSON.stringify({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata });
}

/** One whole object as JSON. Pure. */
export function objectText(item: ServedObject, resource: Pick<Resource, "write">): string {
  return resource.write?.(item) ?? JSON.stringify(item);
}

function listText<T>(items: readonly T[], write: (item: T) => string): string {
  return `[${items.map(write).join(",")}]`;
}

/** An object as JSON with one more member, whose value is JSON already. `object` must have members. Pure. */
export function withMember(object: object, name: string, json: string): string {
  return `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:${json}}`;
}
