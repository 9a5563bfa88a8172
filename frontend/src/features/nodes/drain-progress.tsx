import { Alert, Button, List, ListItem, Progress } from "@patternfly/react-core";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { cancelDrain, forgetDrain, useDrain } from "./drain-runs.ts";
import type { PodProgress } from "./drain-state.ts";
import { drainSentence } from "./drain-state.ts";

const looks: Record<PodProgress, { health: Health; word: string }> = {
  waiting: { health: "none", word: "waiting" },
  refused: { health: "warning", word: "held back" },
  terminating: { health: "progress", word: "terminating" },
  gone: { health: "ok", word: "gone" },
  failed: { health: "error", word: "failed" },
};

/** How far the drain of a node has come, pod by pod, with the way to cancel it. */
export function DrainProgress({ node }: { node: string }) {
  const drain = useDrain(node);
  if (!drain) return null;
  const { pods, end } = drain;
  const gone = pods.filter(({ progress }) => progress === "gone").length;
  const variant = end === undefined ? "info" : end === "drained" ? "success" : "warning";
  return (
    <Alert
      isInline
      isLiveRegion
      variant={variant}
      title={end === undefined ? `Draining ${node}` : drainSentence(drain)}
      actionLinks={
        end === undefined ? (
          <Button variant="link" isInline onClick={() => cancelDrain(node)}>
            Cancel the drain
          </Button>
        ) : (
          <Button variant="link" isInline onClick={() => forgetDrain(node)}>
            Dismiss
          </Button>
        )
      }
    >
      {end === undefined ? (
        <Progress
          aria-label="Pods that are gone"
          value={gone}
          min={0}
          max={Math.max(1, pods.length)}
          label={drainSentence(drain)}
        />
      ) : null}
      <List isPlain>
        {pods.map(({ uid, namespace, name, progress, message }) => (
          <ListItem key={uid}>
            <StatusLabel health={looks[progress].health}>{looks[progress].word}</StatusLabel> {namespace}/
            {name}
            {message === undefined ? null : <div className="kyma-subtle">{visibleText(message)}</div>}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}
