import { useQuery } from "@tanstack/react-query";
import { grantorsQuery } from "#api/access.ts";
import type { AccessNeed } from "./access.ts";
import { grantorsText } from "./grantors-text.ts";

/** What a disabled control says: the right that is missing, and who could give it. The latter is asked for only when somebody looks. */
export function MissingRight({ need, reason }: { need: AccessNeed; reason: string | undefined }) {
  const { data, isError } = useQuery(grantorsQuery(need));
  return (
    <>
      <span>{reason}</span>
      <br />
      <span>
        {isError ? grantorsText({ subjects: [], complete: false }) : data ? grantorsText(data) : "…"}
      </span>
    </>
  );
}
