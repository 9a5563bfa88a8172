import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { ForbiddenError, UnauthorizedError } from "@kyma/kube/errors.ts";
import type { KubeAccess } from "@kyma/kube/kubeconfig.ts";
import { createHash } from "node:crypto";
import type { ClientPool, Lease } from "./client-pool.ts";
import type { Credentials } from "./sessions.ts";
import { whoAmI } from "../resources/who-am-i.ts";

/** A token with which nobody can be signed in; the message is for the person and never holds any of the token. */
export class TokenError extends Error {
  override name = "TokenError";
}

const longestToken = 32 * 1024;
const unknownToken =
  "the API server does not know this token: it may be mistyped, expired, or of another cluster";

/**
 * Credentials of whoever the token belongs to; the API server judges it. The token is kept in the connection alone. `onRefused` is called
 * when the API server stops accepting it.
 * @throws {TokenError} when it is no token or the API server does not know it; {UnavailableError} when it cannot be asked
 */
export async function signInWithToken(
  pool: ClientPool,
  base: KubeAccess,
  text: string,
  onRefused: () => void,
): Promise<Credentials> {
  const token = readToken(text);
  const expiresAt = expiryOf(token);
  if (expiresAt !== undefined && expiresAt <= Date.now()) {
    throw new TokenError(`this token expired at ${new Date(expiresAt).toISOString()}; get a fresh one`);
  }
  const identity = `token:${createHash("sha256").update(token).digest("base64url")}`;
  const lease = pool.lease(identity, () => openWith(base, token));
  try {
    const { username } = await whoAmI(lease.kube);
    // An API server that lets anybody in has not looked at the token.
    if (username === "system:anonymous") throw new TokenError(unknownToken);
    listeners.get(lease.kube)?.add(onRefused);
    return {
      kube: lease.kube,
      identity,
      user: username,
      method: "TOKEN",
      ...(expiresAt === undefined ? {} : { endsAt: expiresAt }),
      release: () => release(lease, onRefused),
    };
  } catch (error) {
    lease.release();
    if (error instanceof UnauthorizedError || error instanceof ForbiddenError)
      throw new TokenError(unknownToken);
    throw error;
  }
}

/** Who is told when the token of a client is refused; sessions may share one. */
const listeners = new WeakMap<KubeClient, Set<() => void>>();

function release(lease: Lease, onRefused: () => void): void {
  listeners.get(lease.kube)?.delete(onRefused);
  lease.release();
}

/** Only the server and how to trust it come from the kubeconfig: a client certificate would win over the token. */
function openWith(base: KubeAccess, token: string): KubeClient {
  const { context, cluster, namespace, server } = base;
  const { ca, servername, rejectUnauthorized } = base.tls;
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  };
  const told = new Set<() => void>();
  let asking = false;
  // A 401 may come from a Service behind the API server; only the API server's own word counts.
  const verify = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      await whoAmI(kube);
    } catch (error) {
      if (error instanceof UnauthorizedError) for (const listener of told) listener();
    } finally {
      asking = false;
    }
  };
  const access: KubeAccess = { context, cluster, namespace, server, user: "", tls, token };
  const kube = new KubeClient(
    connect(access, { userAgent: "kyma-console", onUnauthorized: () => void verify() }),
  );
  listeners.set(kube, told);
  return kube;
}

/** What was pasted, without the spaces and line breaks around it and the word before it. */
function readToken(text: string): string {
  const token = text.trim().replace(/^bearer\s+/i, "");
  if (token === "") throw new TokenError("paste a token first");
  if (token.length > longestToken) throw new TokenError("this is too long for a token");
  if (!/^[\w.~+/-]+=*$/.test(token)) {
    throw new TokenError(
      "this is not a token: it holds characters that no token has, perhaps a line break in the middle",
    );
  }
  return token;
}

/** When a JWT says that it expires, in epoch milliseconds. It is the API server that checks the signature; this only tells the person. */
export function expiryOf(token: string): number | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { exp?: unknown } | null;
    return typeof claims?.exp === "number" && Number.isFinite(claims.exp) ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
