import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, ForbiddenError, NotFoundError, UnauthorizedError } from "@kyma/kube/errors.ts";
import { userError } from "../graphql/errors.ts";
import { callService } from "../resources/service-proxy.ts";
import { structuredType } from "./event-checks.ts";

/** As PublishAnswer in the SDL. */
interface PublishAnswer {
  accepted: boolean;
  status: number;
  message: string | null;
  durationMs: number;
}

const publisher = { namespace: "kyma-system", service: "eventing-publisher-proxy", port: 80 };
/** The publisher itself gives up after 5 to 10 s. */
const timeoutMs = 15_000;
const mostText = 2000;

/** Publishes an event (JSON) as the person, as any publisher in the cluster does. */
export async function publish(kube: KubeClient, event: string, signal: AbortSignal): Promise<PublishAnswer> {
  const started = performance.now();
  const request = {
    method: "POST",
    path: "/publish",
    headers: [{ name: "content-type", value: structuredType }],
    body: event,
    signal,
    timeoutMs,
  };
  const answer = await callService(kube, publisher, request).catch((error: unknown) => {
    throw toUserError(error);
  });
  const accepted = answer.status >= 200 && answer.status < 300;
  const text = answer.body.toString("utf8").slice(0, mostText).trim();
  const message = accepted ? null : text || `The publisher answered ${answer.status}.`;
  return { accepted, status: answer.status, message, durationMs: performance.now() - started };
}

function toUserError(error: unknown): unknown {
  const isRight = error instanceof ForbiddenError || error instanceof UnauthorizedError;
  if (isRight || !(error instanceof ApiError)) return error;
  const { namespace, service } = publisher;
  if (error instanceof NotFoundError)
    return userError(
      "UNAVAILABLE",
      `Eventing is not installed in this cluster: there is no Service ${namespace}/${service}.`,
    );
  if (/no endpoints available/.test(error.message))
    return userError("UNAVAILABLE", `No pod of Service ${namespace}/${service} is ready to take events.`);
  return userError("UNAVAILABLE", `The publisher gave no answer: ${error.message}`);
}
