import type { GrantorsQuery } from "#api/generated/graphql.ts";

const mostNamed = 5;

/** Who could give a right: "Ask user ann or group leads: they can grant it." */
export function grantorsText({ subjects, complete }: GrantorsQuery["grantors"]): string {
  if (subjects.length === 0) {
    return complete
      ? "Nobody but a cluster administrator can grant it."
      : "Ask a cluster administrator: you may not see who can grant it.";
  }
  const names = subjects.slice(0, mostNamed).map(subjectText);
  const more = subjects.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  const [last = "", ...others] = all.toReversed();
  const list = others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
  return `Ask ${list}, who can grant it${complete ? "" : "; there may be others"}.`;
}

function subjectText({ kind, name, namespace }: GrantorsQuery["grantors"]["subjects"][number]): string {
  if (kind === "ServiceAccount") return `service account ${namespace ?? ""}/${name}`;
  return name === "system:masters"
    ? "a cluster administrator (group system:masters)"
    : `${kind.toLowerCase()} ${name}`;
}
