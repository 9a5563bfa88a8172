/** The URL of a Service's port inside the cluster. Pure. */
export function serviceUrl(namespace: string, service: string, port = 80): string {
  return `http://${service}.${namespace}.svc.cluster.local${port === 80 ? "" : `:${port}`}`;
}
