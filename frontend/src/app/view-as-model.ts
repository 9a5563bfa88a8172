import type { ViewAsInput } from "#api/generated/graphql.ts";

/** What stands in the form. */
export interface ViewAsDraft {
  kind: "user" | "account";
  user: string;
  namespace: string;
  account: string;
  /** With commas between. */
  groups: string;
  uid: string;
}

export const emptyViewAs: ViewAsDraft = {
  kind: "user",
  user: "",
  namespace: "",
  account: "",
  groups: "",
  uid: "",
};

/** Whom the form names; undefined while something needed is missing. */
export function subjectOf(draft: ViewAsDraft): ViewAsInput | undefined {
  const user = userOf(draft);
  if (user === undefined) return undefined;
  const groups = draft.groups
    .split(",")
    .map((group) => group.trim())
    .filter((group) => group !== "");
  const uid = draft.uid.trim();
  return { user, groups, uid: uid === "" ? null : uid };
}

function userOf({ kind, user, namespace, account }: ViewAsDraft): string | undefined {
  if (kind === "user") return user.trim() || undefined;
  const [ns, name] = [namespace.trim(), account.trim()];
  return ns && name ? `system:serviceaccount:${ns}:${name}` : undefined;
}
