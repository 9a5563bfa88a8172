import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { kindSchemaQuery } from "#api/editing.ts";
import { apiResourcesQuery, type ApiResource } from "#api/objects.ts";
import { toast } from "#ui/toasts.tsx";
import { holdsSecret, longestUpload, splitDocuments, uploadFault, type UploadDocument } from "./documents.ts";
import { draftKey, findDraft, keepDraft } from "./drafts.ts";
import { skeleton } from "./skeleton.ts";
import { apiVersionOf, templateOf } from "./templates.ts";

/** So many kinds of one text have completion; a bundle of more is only checked by the cluster. */
const mostSchemas = 3;

/** The text of an upload with its draft, its documents, and the schemas of their kinds. */
export function useUploadText(who: { user: string; cluster: string }, initial: string) {
  const key = draftKey({ ...who, group: "", plural: "", namespace: "", name: "upload" });
  const [text, setText] = useState(() => initial || (findDraft(key, { secret: false })?.text ?? ""));
  const keep = useEffectEvent((text: string) => {
    const isEmpty = text.trim() === "" || text === initial || holdsSecret(text);
    keepDraft(key, isEmpty ? undefined : { base: "", text, savedAt: Date.now() }, { secret: false });
  });
  useEffect(() => {
    const timer = setTimeout(() => keep(text), 400);
    return () => clearTimeout(timer);
  }, [text]);
  const documents = useMemo(() => splitDocuments(text), [text]);
  return { text, setText, documents, fault: uploadFault(text, documents), schemas: useSchemas(documents) };
}

/** A schema per document, in their order; undefined until the first are there. */
function useSchemas(documents: readonly UploadDocument[]) {
  const served = useQuery(apiResourcesQuery).data;
  const names = documents.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const wanted = [...new Set(names)].slice(0, mostSchemas);
  const kinds = wanted.map((name) => served?.find((kind) => `${apiVersionOf(kind)} ${kind.kind}` === name));
  const found = useQueries({
    queries: kinds.map((kind) => ({
      ...kindSchemaQuery(kind ?? { group: "", version: "v1", plural: "none" }),
      enabled: kind !== undefined,
    })),
    combine: (results) => results.map(({ data }) => data ?? null),
  });
  const signature = `${names.join()} ${found.map((schema) => (schema ? "1" : "0")).join("")}`;
  const [settled, setSettled] = useState<{
    signature: string;
    schemas: (Record<string, unknown> | null)[];
  }>();
  const schemas = useEffectEvent(() => names.map((name) => found[wanted.indexOf(name)] ?? null));
  // While a kind is typed the worker is not told every letter.
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ signature, schemas: schemas() }), 250);
    return () => clearTimeout(timer);
  }, [signature]);
  return settled?.schemas;
}

/** Makes the first text for a kind: a template, or a skeleton from its schema. */
export function useTemplateText(): (kind: ApiResource, namespace: string) => Promise<string> {
  const client = useQueryClient();
  return async (kind, namespace) => {
    const template = templateOf(kind, namespace);
    if (template !== undefined) return template;
    const schema = await client.fetchQuery(kindSchemaQuery(kind)).catch(() => null);
    const place = kind.namespaced ? namespace : undefined;
    return skeleton(schema, { apiVersion: apiVersionOf(kind), kind: kind.kind, namespace: place });
  };
}

/** Puts texts behind one another as documents. */
export function joined(text: string, more: string): string {
  if (text.trim() === "") return more;
  return `${text.trimEnd()}\n---\n${more}`;
}

/** Reads files as documents; one that is too long is left out with a message. */
export async function readFiles(files: readonly File[]): Promise<string> {
  let all = "";
  for (const file of files) {
    if (file.size + all.length > longestUpload)
      toast("warning", `${file.name} was left out`, "All files together may have 8 MiB.");
    else all = joined(all, `# ${file.name}\n${await file.text()}`);
  }
  return all;
}
