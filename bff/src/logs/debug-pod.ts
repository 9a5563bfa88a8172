import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { randomBytes } from "node:crypto";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { checkName, checkNamespace } from "../resources/references.ts";
import { containersOf, type LogPod } from "./pods.ts";

export interface DebugInput {
  namespace: string;
  pod: string;
  image: string;
  target?: string | null;
}

/** An image reference: no space, no control character, no more than registries allow. */
const image = /^[\w][\w.:/@-]{0,510}$/;

/** Adds an ephemeral container that a terminal can attach to; answers its name. */
export async function debugPod(input: DebugInput, { caller, log, signal }: GraphqlContext): Promise<string> {
  const key = { namespace: checkNamespace(input.namespace), name: checkName(input.pod) };
  if (!image.test(input.image)) throw badInput(`"${input.image.slice(0, 100)}" is not the name of an image`);
  const pod = await caller.kube.get<LogPod & KubeObject>(pods, key, { signal });
  const names = containersOf(pod).filter(({ kind }) => kind === "MAIN");
  if (input.target && !names.some(({ container }) => container === input.target))
    throw badInput(`Pod "${key.name}" has no container "${input.target.slice(0, 63)}"`);
  const name = `debugger-${randomBytes(3).toString("hex")}`;
  const container = {
    name,
    image: input.image,
    imagePullPolicy: "IfNotPresent",
    stdin: true,
    tty: true,
    terminationMessagePolicy: "File",
    ...(input.target ? { targetContainerName: input.target } : {}),
  };
  await caller.kube.patch(
    pods,
    key,
    { spec: { ephemeralContainers: [container] } },
    { type: "strategic", subresource: "ephemeralcontainers", manager: "kyma-console", signal },
  );
  log.info({ user: caller.user, ...key, image: input.image, container: name }, "a debug container was added");
  return name;
}
