import { processAddress } from "../pods/addresses.ts";

/** Where a CONNECT for `authority` ("host:port") is dialled; undefined when it is refused. Pods and this node's kubelet only. */
export function dialTarget(
  authority: string,
  kubeletPort: number,
): { host: string; port: number } | undefined {
  const match = /^([\d.]+):(\d{1,5})$/.exec(authority);
  if (!match) return undefined;
  const [host, port] = [match[1] ?? "", Number(match[2])];
  if (port < 1 || port > 65_535) return undefined;
  if (host === "127.0.0.1" && port === kubeletPort) return { host, port };
  const address = processAddress(host);
  return address ? { host: address, port } : undefined;
}
