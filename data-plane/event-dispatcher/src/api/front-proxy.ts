import type { KubeObject } from "@kyma/kube/objects.ts";
import type { TLSSocket } from "node:tls";

/** Who may hand requests on: whoever has a certificate of this authority, under one of these names. */
export interface FrontProxy {
  /** PEM. */
  authority: string;
  /** Common names; none means any. */
  names: readonly string[];
}

/** Where the API server tells it, as its RBAC role does. */
export const frontProxyConfig = { namespace: "kube-system", name: "extension-apiserver-authentication" };

/** Reads the ConfigMap; undefined when it does not say whom to let in: then nobody may. Pure. */
export function readFrontProxy(
  config: KubeObject & { data?: Record<string, string> },
): FrontProxy | undefined {
  const authority = config.data?.["requestheader-client-ca-file"];
  if (!authority?.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    const names: unknown = JSON.parse(config.data?.["requestheader-allowed-names"] ?? "[]");
    const isList = Array.isArray(names) && names.every((name) => typeof name === "string");
    return isList ? { authority, names } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the other end of a connection is the API server's front proxy. The socket's authority must be that of `proxy`. */
export function isFrontProxy(socket: TLSSocket, proxy: FrontProxy | undefined): boolean {
  if (!proxy || !socket.authorized) return false;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return proxy.names.length === 0 || (typeof name === "string" && proxy.names.includes(name));
}
