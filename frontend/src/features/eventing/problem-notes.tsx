import { Alert } from "@patternfly/react-core";
import type { EventingProblem } from "./live-eventing.ts";
import "./eventing.css";

const titles: Record<EventingProblem["kind"], string> = {
  NOT_INSTALLED: "Eventing is not installed",
  FORBIDDEN: "A right is missing",
  UNAVAILABLE: "Eventing does not answer",
};

/** What cannot be shown and why; each kind of reason once. */
export function ProblemNotes({ problems }: { problems: readonly EventingProblem[] }) {
  const groups = Map.groupBy(problems, ({ kind }) => kind);
  return [...groups].map(([kind, list]) => (
    <Alert
      key={kind}
      isInline
      isLiveRegion
      variant={kind === "UNAVAILABLE" ? "danger" : kind === "FORBIDDEN" ? "warning" : "info"}
      title={titles[kind]}
      className="kyma-problem-note"
    >
      {list.map(({ message }) => (
        <div key={message}>{message}</div>
      ))}
    </Alert>
  ));
}
