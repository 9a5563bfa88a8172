import type { Health } from "#ui/status-label.tsx";

/** How an object does, in a word and a look. */
export interface ObjectState {
  text: string;
  health: Health;
}

const ruleHealth: Record<string, Health> = {
  Ready: "ok",
  Processing: "progress",
  Warning: "warning",
  Error: "error",
};

/** Of an APIRule. Pure. */
export function apiRuleState({ status }: { status?: { state?: string } }): ObjectState {
  const text = status?.state || "Processing";
  return { text, health: ruleHealth[text] ?? "none" };
}

/** Of a Subscription, by its status; undefined: nobody has looked at it yet. Pure. */
export function subscriptionState(ready: boolean | undefined): ObjectState {
  if (ready === undefined) return { text: "Waiting", health: "progress" };
  return ready ? { text: "Ready", health: "ok" } : { text: "Not ready", health: "error" };
}
