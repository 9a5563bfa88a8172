/**
 * How container processes are kept apart from this machine:
 * `root` and `user` give each a mount and PID namespace (made with root's rights, or in a user namespace), so volumes appear at their real
 * paths and nothing else of the machine is seen; `directories` is what is left where the system allows neither.
 */
export type IsolationMode = "root" | "user" | "directories";

/** What one trial start in a mode answered; `error` is the system's own sentence. */
export interface Trial {
  works: boolean;
  error?: string;
}

/** The modes worth a trial, best first. */
export function candidateModes(uid: number): Exclude<IsolationMode, "directories">[] {
  return uid === 0 ? ["root"] : ["user"];
}

/** Decides from the trials which mode this agent uses and, when it is the weakest, why. */
export function chooseMode(trials: Partial<Record<IsolationMode, Trial>>): {
  mode: IsolationMode;
  because?: string;
} {
  if (trials.root?.works) return { mode: "root" };
  if (trials.user?.works) return { mode: "user" };
  const error = trials.root?.error ?? trials.user?.error ?? "no trial was made";
  return { mode: "directories", because: `this system allows no mount namespaces (${error})` };
}
