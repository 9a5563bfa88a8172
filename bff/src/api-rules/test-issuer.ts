import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, ForbiddenError, NotFoundError } from "@kyma/kube/errors.ts";
import { services } from "@kyma/kube/resource-types.ts";
import { z } from "zod";
import { userError } from "../graphql/errors.ts";
import { callService } from "../resources/service-proxy.ts";

const issuer = "http://test-issuer.kyma-system.svc.cluster.local";
const key = { namespace: "kyma-system", name: "test-issuer" };

/** What a JWT rule needs to trust the built-in issuer. */
export const testIssuer = { issuer, jwksUri: `${issuer}/.well-known/jwks.json` };

export interface TestToken {
  token: string;
  issuer: string;
  jwksUri: string;
  expiresAt: string;
}

/** Is it there, as far as the person may see? */
export async function hasTestIssuer(kube: KubeClient): Promise<boolean> {
  try {
    await kube.get(services, key);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ForbiddenError) return false;
    throw error;
  }
}

const tokenShape = z.object({ token: z.string().min(1), expiresAt: z.string() });

/** Has a token minted, as the person; who may not use the issuer's Service gets none. */
export async function mintTestToken(
  kube: KubeClient,
  grants: { scopes: string[]; audiences: string[] },
  signal: AbortSignal,
): Promise<TestToken> {
  const answer = await callService(
    kube,
    { namespace: key.namespace, service: key.name, port: 80 },
    {
      method: "POST",
      path: "/token",
      headers: [{ name: "content-type", value: "application/json" }],
      body: JSON.stringify(grants),
      signal,
      timeoutMs: 10_000,
    },
  ).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error instanceof ForbiddenError) throw error;
    const reason = error instanceof NotFoundError ? "this cluster has none" : error.message;
    throw userError("UNAVAILABLE", `the test issuer cannot mint a token: ${reason}`);
  });
  const parsed = tokenShape.safeParse(parseJson(answer.body));
  if (answer.status !== 200 || !parsed.success) {
    throw userError("UNAVAILABLE", `the test issuer answered ${answer.status} instead of a token`);
  }
  return { ...parsed.data, ...testIssuer };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
