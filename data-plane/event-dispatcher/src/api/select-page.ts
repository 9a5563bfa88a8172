import { writeContinue } from "@kyma/eventing/delivery-objects.ts";
import { badRequest } from "./failure.ts";
import type { ListOptions, Page, ServedObject } from "./resource.ts";

/** A page of objects that are all in memory, in the order of their names. Pure. */
export function selectPage<T extends ServedObject>(all: readonly T[], options: ListOptions): Page<T> {
  const { limit, name, continueFrom } = options;
  const after = continueFrom === undefined ? "" : readContinue(continueFrom);
  const sorted = all
    .filter((item) => name === undefined || item.metadata.name === name)
    .map((item) => ({ item, key: sortKey(item) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = sorted.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ item }) => item);
  if (!last || page.length === sorted.length) return { items };
  return { items, continueFrom: writeContinue(last.key), remaining: sorted.length - page.length };
}

function sortKey({ metadata: { namespace = "", name } }: ServedObject): string {
  return `${namespace}/${name}`;
}

/** The opposite of writeContinue. Pure. */
export function readContinue(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (text === "" || writeContinue(text) !== token)
    throw badRequest("continue is none that this API gave out: list from the start");
  return text;
}
