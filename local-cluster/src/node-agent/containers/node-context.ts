import type { KubeClient } from "@kyma/kube/client.ts";
import type { EventRecorder } from "../events/recorder.ts";
import type { ImageTable } from "../images/image.ts";
import type { IsolationMode } from "../isolation/mode.ts";
import type { SystemFiles } from "../isolation/system.ts";
import type { ConfigSource } from "../volumes/config-source.ts";
import type { PodVolumes } from "../volumes/pod-volumes.ts";
import type { Pod } from "../pods/pod.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import type { ClusterAddresses } from "./start-settings.ts";

export const hostIp = "127.0.0.1";

/** What all pods of this node share. */
export interface NodeContext {
  client: KubeClient;
  images: ImageTable;
  isolation: { mode: IsolationMode; because?: string };
  system: SystemFiles;
  events: EventRecorder;
  config: ConfigSource;
  memory: MemoryWatch;
  cluster: ClusterAddresses;
  log: NodeLog;
}

export interface NodeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What the containers of one pod share. */
export interface PodContext {
  /** The newest object. */
  readonly pod: Pod;
  readonly directory: string;
  readonly podIp: string;
  readonly volumes: PodVolumes;
  /** The first process of a running container, as this machine numbers it. */
  mainProcess(container: string): number | undefined;
  /** To be called when a record changed: it is put on disk and what follows from it is done. */
  changed(): void;
}
