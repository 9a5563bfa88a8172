import {
  Alert,
  Form,
  FormGroup,
  Progress,
  ProgressMeasureLocation,
  ProgressVariant,
  TextInput,
} from "@patternfly/react-core";
import type { Health } from "#ui/status-label.tsx";
import { HealthText } from "#ui/health-text.tsx";
import type { BulkActionAbout } from "./bulk-actions.ts";
import type { BulkItem, BulkItemState } from "./bulk-run.ts";
import { countStates, reasons } from "./bulk-run.ts";
import type { BulkPhase } from "./use-bulk-run.ts";

const mostListed = 200;

function placeOf({ namespace, name }: BulkItem): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

/** What the server said it would do, and what it refuses and why. Nothing was changed so far. */
export function BulkSummary(props: {
  about: BulkActionAbout;
  items: readonly BulkItem[];
  typed: { value: string; onChange: (value: string) => void } | undefined;
}) {
  const { about, items } = props;
  const { waiting, refused } = countStates(items);
  return (
    <div className="kyma-bulk-body">
      <Alert
        isInline
        isPlain
        variant={waiting > 0 ? (about.isDanger ? "warning" : "info") : "danger"}
        title={
          waiting > 0
            ? `${waiting.toLocaleString("en")} would be ${about.done}. The server tried it without changing anything.`
            : `None can be ${about.done}.`
        }
      />
      {refused > 0 ? <Refused items={items} state="refused" title={`${refused} would be refused`} /> : null}
      {waiting > 0 ? (
        <details open={waiting <= 10}>
          <summary>Show the {waiting.toLocaleString("en")}</summary>
          <Names items={items.filter(({ state }) => state === "waiting")} />
        </details>
      ) : null}
      {props.typed ? (
        <Form onSubmit={(event) => event.preventDefault()}>
          <FormGroup label={`Type ${waiting} to confirm`} fieldId="bulk-confirm">
            <TextInput
              id="bulk-confirm"
              value={props.typed.value}
              onChange={(_event, value) => props.typed?.onChange(value)}
            />
          </FormGroup>
        </Form>
      ) : null}
    </div>
  );
}

function Names({ items }: { items: readonly BulkItem[] }) {
  return (
    <ul className="kyma-bulk-names">
      {items.slice(0, mostListed).map((item) => (
        <li key={item.key}>{placeOf(item)}</li>
      ))}
      {items.length > mostListed ? <li>and {items.length - mostListed} more</li> : null}
    </ul>
  );
}

function Refused(props: { items: readonly BulkItem[]; state: BulkItemState; title: string }) {
  return (
    <Alert isInline variant="danger" title={props.title}>
      {reasons(props.items, props.state).map(({ message, items }) => (
        <details key={message} open>
          <summary>
            {items.length > 1 ? `${items.length} times: ` : ""}
            {message}
          </summary>
          <Names items={items} />
        </details>
      ))}
    </Alert>
  );
}

const looks: Record<BulkItemState, { health: Health; word: string }> = {
  waiting: { health: "none", word: "waiting" },
  running: { health: "progress", word: "in progress" },
  done: { health: "ok", word: "done" },
  failed: { health: "error", word: "failed" },
  refused: { health: "warning", word: "left out: refused" },
  cancelled: { health: "none", word: "cancelled" },
};
const rank: BulkItemState[] = ["failed", "running", "cancelled", "refused", "waiting", "done"];

/** How far it is, with the result of each object; what failed stands first. */
export function BulkProgress(props: {
  about: Pick<BulkActionAbout, "done">;
  phase: BulkPhase;
  items: readonly BulkItem[];
}) {
  const { about, phase, items } = props;
  const counts = countStates(items);
  const all = items.length - counts.refused;
  if (phase === "checking") {
    return (
      <Progress title="The server checks what would happen" measureLocation="none" value={50} aria-busy />
    );
  }
  const tried = counts.done + counts.failed;
  const title =
    phase === "running"
      ? `${tried.toLocaleString("en")} of ${all.toLocaleString("en")}`
      : `${counts.done.toLocaleString("en")} of ${all.toLocaleString("en")} ${about.done}` +
        (counts.failed > 0 ? `, ${counts.failed} failed` : "") +
        (counts.cancelled > 0 ? `, ${counts.cancelled} cancelled` : "");
  return (
    <div className="kyma-bulk-body">
      <Progress
        title={title}
        value={all === 0 ? 100 : (100 * tried) / all}
        measureLocation={ProgressMeasureLocation.top}
        {...(counts.failed > 0
          ? { variant: ProgressVariant.danger }
          : phase === "finished" && counts.cancelled === 0
            ? { variant: ProgressVariant.success }
            : {})}
      />
      <ul className="kyma-bulk-items" aria-label="Results">
        {items
          .toSorted((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state))
          .slice(0, mostListed)
          .map((item) => (
            <li key={item.key}>
              <HealthText health={looks[item.state].health}>
                <strong>{placeOf(item)}</strong> {looks[item.state].word}
                {item.message === "" ? "" : `: ${item.message}`}
              </HealthText>
            </li>
          ))}
        {items.length > mostListed ? <li>and {items.length - mostListed} more</li> : null}
      </ul>
    </div>
  );
}
