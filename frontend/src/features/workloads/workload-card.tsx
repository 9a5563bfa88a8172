import { Alert, DescriptionList, List, ListItem, Progress } from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import type { WorkloadPart } from "#api/workload-parts.ts";
import type { ObjectView } from "#resources/feature.ts";
import { objectPath } from "#resources/kinds.ts";
import { Fact } from "#resources/fact.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { PodTable } from "#resources/pod-table.tsx";
import { podType } from "#resources/well-known-types.ts";
import { Loading } from "#ui/loading.tsx";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { ReplicaBar } from "./replica-bar.tsx";
import "./workloads.css";

/** Rollout, replicas, strategy and pods of a workload. */
export function WorkloadCard({ object }: ObjectView) {
  const { workload, pods } = useObjectPageContent()?.page.parts ?? {};
  if (workload === undefined) return <Loading what="the rollout" />;
  if (workload === null) return null;
  const namespace = object.metadata.namespace ?? "";
  return (
    <>
      <PagePart title="Rollout">
        <RolloutState workload={workload} namespace={namespace} />
        <ReplicaBar counts={workload.replicas} />
        <DescriptionList
          isCompact
          columnModifier={{ default: "1Col", lg: "2Col" }}
          className="kyma-next-part"
        >
          <Fact term="Strategy">{workload.strategy}</Fact>
          <Fact term="Selector">{workload.selector}</Fact>
          {workload.autoscalers?.map(({ name, minReplicas, maxReplicas }) => (
            <Fact key={name} term="Autoscaler">
              {name} keeps between {minReplicas} and {maxReplicas} replicas
            </Fact>
          ))}
        </DescriptionList>
      </PagePart>
      <PagePart title="Pods">
        {pods ? <PodTable part={pods} /> : pods === undefined ? <Loading what="pods" /> : null}
      </PagePart>
    </>
  );
}

const states: Record<WorkloadPart["rollout"]["state"], { health: Health; word: string }> = {
  COMPLETE: { health: "ok", word: "Complete" },
  PROGRESSING: { health: "progress", word: "Progressing" },
  STUCK: { health: "error", word: "Stuck" },
  PAUSED: { health: "warning", word: "Paused" },
  UNKNOWN: { health: "none", word: "Not tracked" },
};

function RolloutState({ workload, namespace }: { workload: WorkloadPart; namespace: string }) {
  const { state, sentence, problems } = workload.rollout;
  const { health, word } = states[state];
  return (
    <>
      <p aria-live="polite">
        <StatusLabel health={health}>{word}</StatusLabel> {visibleText(sentence)}
      </p>
      {workload.paused ? (
        <Alert isInline isPlain variant="warning" title="The rollout is paused">
          Changes of the template are not rolled out until it is resumed (Actions, Resume rollout).
        </Alert>
      ) : null}
      {problems.length === 0 ? null : (
        <Alert isInline variant="danger" title="What holds it up" className="kyma-rollout-problems">
          <List>
            {problems.map(({ pod, reason, message }) => (
              <ListItem key={`${pod ?? ""}/${reason}`}>
                {pod === null ? null : (
                  <>
                    <Link to={objectPath(podType, namespace, pod)}>{pod}</Link>:{" "}
                  </>
                )}
                <strong>{visibleText(reason)}</strong>. {visibleText(message)}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

/** Progress of a Job with its pods. */
export function JobCard() {
  const { job, pods } = useObjectPageContent()?.page.parts ?? {};
  if (job === undefined) return <Loading what="the Job" />;
  if (job === null) return null;
  const failed = job.health === "ERROR";
  return (
    <>
      <PagePart title="Progress">
        <p aria-live="polite">{visibleText(job.sentence)}</p>
        <Progress
          aria-label="Completions"
          value={job.succeeded}
          min={0}
          max={Math.max(1, job.completions)}
          label={`${job.succeeded} of ${job.completions}`}
          {...(failed
            ? { variant: "danger" as const }
            : job.succeeded >= job.completions
              ? { variant: "success" as const }
              : {})}
        />
        <p className="kyma-subtle">
          Up to {job.parallelism} at a time; it gives up after {job.backoffLimit}{" "}
          {job.backoffLimit === 1 ? "retry" : "retries"}.
        </p>
      </PagePart>
      <PagePart title="Pods">
        {pods ? <PodTable part={pods} /> : pods === undefined ? <Loading what="pods" /> : null}
      </PagePart>
    </>
  );
}
