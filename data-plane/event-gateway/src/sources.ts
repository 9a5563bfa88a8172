import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import type { Logger } from "pino";

export const applications = {
  group: "applicationconnector.kyma-project.io",
  version: "v1alpha1",
  plural: "applications",
  kind: "Application",
  namespaced: false,
};
const typeLabel = "application-type";

/** Names of event sources: an Application may stand for its source under another name. */
export class ApplicationNames {
  readonly #informer: Informer<KubeObject>;
  #problem: string | undefined = "the Applications of the cluster were not read yet";

  constructor(client: KubeClient, log: Logger) {
    this.#informer = new Informer(client, applications, {
      transform: onlyLabels,
      onError: (error) => {
        if (!this.#problem) return;
        // No such kind here: no names either, until it is installed.
        const isAbsent = error instanceof NotFoundError;
        this.#problem = isAbsent
          ? undefined
          : `the Applications of the cluster cannot be read: ${(error as Error).message}`;
        if (this.#problem) log.warn({ err: error }, "cannot read Applications");
      },
    });
    void this.#informer.synced.then(() => (this.#problem = undefined));
  }

  start(signal: AbortSignal): void {
    this.#informer.start(signal);
  }

  /** Why names are not known yet: an event would go to a subject where nobody expects it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The value of the label `application-type` or else the name of the Application of that name; the source itself where there is none. */
  readonly nameOf = (source: string): string => {
    const application = this.#informer.get({ name: source });
    return application ? typeOrName(application) : source;
  };
}

function typeOrName({ metadata }: KubeObject): string {
  for (const [key, value] of Object.entries(metadata.labels ?? {}))
    if (key.toLowerCase() === typeLabel) return value;
  return metadata.name;
}

function onlyLabels({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  const { name, uid, resourceVersion, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, uid, resourceVersion, ...(labels && { labels }) },
  } as KubeObject;
}
