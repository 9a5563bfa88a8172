/** What is known of one container; kept on disk, so that the next agent knows it too. Times in milliseconds since 1970. */
export interface ContainerRecord {
  name: string;
  phase: "waiting" | "running" | "ended";
  /** Why it waits, as its status says. */
  waiting: { reason: string; message?: string };
  /** How often it was started before; also the name of its run directory. */
  restartCount: number;
  /** True once it has been started at all. */
  everStarted: boolean;
  imageId: string;
  containerId?: string;
  startedAt?: number;
  exit?: ContainerExit;
  /** How the start before the present one ended. */
  lastExit?: ContainerExit;
  /** Startup probe passed, or none asked for. */
  started: boolean;
  ready: boolean;
  /** Failures in a row, of pulling when `waiting` says so, else of running; they make the delay. */
  failures: number;
  retryAt?: number;
}

export interface ContainerExit {
  exitCode: number;
  signal?: number;
  reason: string;
  message?: string;
  startedAt: number;
  finishedAt: number;
  containerId: string;
}

/** The state before a container is looked at for the first time. */
export function newRecord(name: string, isInit: boolean, hasInit: boolean): ContainerRecord {
  return {
    name,
    phase: "waiting",
    waiting: { reason: isInit || hasInit ? "PodInitializing" : "ContainerCreating" },
    restartCount: 0,
    everStarted: false,
    imageId: "",
    started: false,
    ready: false,
    failures: 0,
  };
}

/** True while an ended container waits for its next start: its end then is its last state. */
export function isShownWaiting(record: ContainerRecord): boolean {
  const { reason } = record.waiting;
  return (
    record.phase !== "running" &&
    (!record.exit || (reason !== "ContainerCreating" && reason !== "PodInitializing"))
  );
}
