interface Amount {
  type?: string;
  averageUtilization?: number;
  averageValue?: string;
  value?: string;
}

/** One metric of an HPA, or its status: the field of its type says which. */
export interface Metric {
  type: string;
  resource?: { name?: string; target?: Amount; current?: Amount };
  containerResource?: { name?: string; container?: string; target?: Amount; current?: Amount };
  pods?: { metric?: { name?: string }; target?: Amount; current?: Amount };
  object?: {
    metric?: { name?: string };
    describedObject?: { kind: string; name: string };
    target?: Amount;
    current?: Amount;
  };
  external?: { metric?: { name?: string }; target?: Amount; current?: Amount };
}

/** What an HPA scales by: the metric, its value and its target in words. Pure. */
export function metricText(
  metric: Metric,
  status: Metric | undefined,
): { name: string; current: string; target: string } {
  const { resource, containerResource, pods, object, external } = metric;
  const own = resource ?? containerResource ?? pods ?? object ?? external;
  const now =
    status &&
    (status.resource ?? status.containerResource ?? status.pods ?? status.object ?? status.external);
  return {
    name: nameOf(metric),
    current: amountText(now?.current, own?.target),
    target: amountText(own?.target, own?.target),
  };
}

function nameOf({ resource, containerResource, pods, object, external, type }: Metric): string {
  if (resource) return `${resource.name} of all containers`;
  if (containerResource) return `${containerResource.name} of container ${containerResource.container}`;
  if (pods) return `${pods.metric?.name} per pod`;
  if (object)
    return `${object.metric?.name} of ${object.describedObject?.kind} ${object.describedObject?.name}`;
  return external?.metric?.name ?? type;
}

/** In the unit of the target, as the current value often comes in several. */
function amountText(amount: Amount | undefined, target: Amount | undefined): string {
  if (!amount) return "unknown";
  if (target?.averageUtilization !== undefined)
    return amount.averageUtilization === undefined ? "unknown" : `${amount.averageUtilization} %`;
  return amount.averageValue ?? amount.value ?? "unknown";
}
