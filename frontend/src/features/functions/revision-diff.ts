import type { FunctionSpec } from "./kyma-function.ts";

/** One part of a Function that differs between two specs. */
export interface Difference {
  title: "source" | "dependencies" | "configuration";
  language: "javascript" | "json";
  before: string;
  after: string;
}

function configuration({ source: _source, replicas: _replicas, ...rest }: FunctionSpec): string {
  return JSON.stringify(rest, undefined, 2);
}

/** In which parts two specs differ. Replicas do not count: they are no part of a revision. Pure. */
export function differences(before: FunctionSpec, after: FunctionSpec): Difference[] {
  const parts: Difference[] = [
    {
      title: "source",
      language: "javascript",
      before: before.source.inline?.source ?? "",
      after: after.source.inline?.source ?? "",
    },
    {
      title: "dependencies",
      language: "json",
      before: before.source.inline?.dependencies ?? "",
      after: after.source.inline?.dependencies ?? "",
    },
    { title: "configuration", language: "json", before: configuration(before), after: configuration(after) },
  ];
  return parts.filter((part) => part.before !== part.after);
}
