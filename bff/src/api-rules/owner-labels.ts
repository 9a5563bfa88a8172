const nameLabel = "apirule.gateway.kyma-project.io/name";
const namespaceLabel = "apirule.gateway.kyma-project.io/namespace";

/** "namespace/name" of the APIRule for which the controller made an object; undefined when it made it for none. */
export function ownerOf({ metadata }: { metadata: { labels?: Record<string, string> } }): string | undefined {
  const name = metadata.labels?.[nameLabel];
  const namespace = metadata.labels?.[namespaceLabel];
  return name && namespace ? `${namespace}/${name}` : undefined;
}

export function ownerSelector({ namespace, name }: { namespace: string; name: string }): string {
  return `${nameLabel}=${name},${namespaceLabel}=${namespace}`;
}
