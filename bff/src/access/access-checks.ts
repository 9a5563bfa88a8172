import type { KubeObject } from "@kyma/kube/objects.ts";
import { selfSubjectAccessReviews } from "@kyma/kube/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { whoAmI } from "../resources/who-am-i.ts";
import { checkName, checkNamespace } from "../resources/references.ts";

/** A right as RBAC names it; absent parts mean "all". */
export interface AccessCheck {
  verb: string;
  group: string;
  resource: string;
  subresource?: string | null;
  namespace?: string | null;
  name?: string | null;
}

export interface AccessAnswer {
  allowed: boolean;
  reason: string | null;
  message: string | null;
}

const mostChecks = 50;
const mostRemembered = 20_000;
const mostNames = 1000;

/** Answers of the API server's authorizer, remembered per identity for a few seconds: a page asks the same again and again. */
export class AccessChecks {
  readonly #freshMs: number;
  readonly #names = new Map<string, Promise<string>>();
  readonly #answers = new Map<string, { at: number; answer: Promise<AccessAnswer> }>();

  constructor(freshMs = 5000) {
    this.#freshMs = freshMs;
  }

  async ask(caller: Caller, checks: AccessCheck[]): Promise<AccessAnswer[]> {
    if (checks.length > mostChecks)
      throw badInput(`at most ${mostChecks} rights can be asked for at once; these are ${checks.length}`);
    for (const check of checks) validate(check);
    return Promise.all(checks.map((check) => this.#one(caller, check)));
  }

  #one(caller: Caller, check: AccessCheck): Promise<AccessAnswer> {
    const { verb, group, resource, subresource, namespace, name } = check;
    const key = JSON.stringify([caller.identity, verb, group, resource, subresource, namespace, name]);
    const known = this.#answers.get(key);
    if (known && Date.now() - known.at < this.#freshMs) return known.answer;
    if (this.#answers.size >= mostRemembered) this.#answers.clear();
    const answer = review(caller, check, () => this.#nameOf(caller));
    this.#answers.set(key, { at: Date.now(), answer });
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  /** The name under which the API server knows the caller; it never changes for an identity. */
  #nameOf(caller: Caller): Promise<string> {
    const known = this.#names.get(caller.identity);
    if (known) return known;
    if (this.#names.size >= mostNames) this.#names.clear();
    const name = whoAmI(caller.kube).then(({ username }) => username);
    this.#names.set(caller.identity, name);
    name.catch(() => this.#names.delete(caller.identity));
    return name;
  }
}

function validate({ verb, group, resource, subresource, namespace, name }: AccessCheck): void {
  for (const part of [verb, group, resource, subresource ?? ""]) {
    if (!/^[a-z0-9.*/-]{0,253}$/i.test(part))
      throw badInput(`"${part.slice(0, 100)}" cannot be part of a right`);
  }
  if (verb === "" || resource === "") throw badInput("a right needs a verb and a resource");
  if (namespace) checkNamespace(namespace);
  if (name) checkName(name);
}

interface Review extends KubeObject {
  status?: { allowed?: boolean; reason?: string; evaluationError?: string };
}

async function review(
  caller: Caller,
  check: AccessCheck,
  userName: () => Promise<string>,
): Promise<AccessAnswer> {
  const { verb, group, resource, subresource, namespace, name } = check;
  const resourceAttributes = {
    verb,
    group,
    resource,
    // The version decides nothing.
    version: "*",
    ...(subresource ? { subresource } : {}),
    ...(namespace ? { namespace } : {}),
    ...(name ? { name } : {}),
  };
  const { status } = await caller.kube.create<Review>(selfSubjectAccessReviews, {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    metadata: {} as KubeObject["metadata"],
    spec: { resourceAttributes },
  } as KubeObject);
  const allowed = status?.allowed === true;
  const reason = status?.reason || status?.evaluationError || null;
  return { allowed, reason, message: allowed ? null : refusal(await userName(), check, reason) };
}

/** The sentence with which the API server refuses, see its errors.go. */
export function refusal(user: string, check: AccessCheck, reason: string | null): string {
  const { verb, group, resource, subresource, namespace, name } = check;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const target = group === "" ? full : `${full}.${group}`;
  const subject = name ? `${target} "${name}"` : target;
  const place = namespace ? ` in the namespace "${namespace}"` : " at the cluster scope";
  const why = reason ? `: ${reason}` : "";
  return `${subject} is forbidden: User "${user}" cannot ${verb} resource "${full}" in API group "${group}"${place}${why}`;
}
