import { Alert, DescriptionList, List, ListItem } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import type { CronJobPart } from "#api/workload-parts.ts";
import type { ObjectView } from "#resources/feature.ts";
import { objectPath } from "#resources/kinds.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { healthLooks } from "#resources/pod-table.tsx";
import { Age } from "#ui/age.tsx";
import { durationText, exactTime } from "#ui/age-text.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";

const policies: Record<string, string> = {
  Allow: "Allow: runs may overlap",
  Forbid: "Forbid: a run is skipped while the one before still goes on",
  Replace: "Replace: a new run ends the one before",
};

/** Schedule, next runs and history of a CronJob. */
export function CronJobCard({ object }: ObjectView) {
  const { cronJob } = useObjectPageContent()?.page.parts ?? {};
  if (cronJob === undefined) return <Loading what="the schedule" />;
  if (cronJob === null) return null;
  return (
    <>
      <PagePart title="Schedule">
        <DescriptionList isCompact columnModifier={{ default: "1Col", lg: "2Col" }}>
          <Fact term="Runs">
            {cronJob.words ?? "The schedule cannot be put into words."} <code>{cronJob.schedule}</code>
          </Fact>
          <Fact term="Time zone">{cronJob.timeZone ?? "That of the cluster; shown here as UTC"}</Fact>
          <Fact term="Next runs, in your time zone">
            <NextRuns part={cronJob} />
          </Fact>
          <Fact term="Last run">
            {cronJob.lastScheduleTime === null ? (
              "never"
            ) : (
              <>
                <Age since={cronJob.lastScheduleTime} /> ago
              </>
            )}
            {cronJob.lastSuccessfulTime === null ? null : (
              <>
                , last success <Age since={cronJob.lastSuccessfulTime} /> ago
              </>
            )}
          </Fact>
          <Fact term="Overlap">{policies[cronJob.concurrencyPolicy] ?? cronJob.concurrencyPolicy}</Fact>
        </DescriptionList>
      </PagePart>
      <PagePart title="History">
        <History part={cronJob} namespace={object.metadata.namespace ?? ""} />
      </PagePart>
    </>
  );
}

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}

function NextRuns({ part }: { part: CronJobPart }) {
  const now = useSyncExternalStore(everySecond, () => Math.floor(Date.now() / 1000));
  if (part.suspended) return <>none: it is suspended</>;
  const coming = part.nextRuns.filter((time) => Date.parse(time) / 1000 > now);
  if (coming.length === 0) return <>not known</>;
  return (
    <List isPlain>
      {coming.slice(0, 3).map((time) => (
        <ListItem key={time}>
          <time dateTime={time}>{exactTime(time)}</time> (in{" "}
          {durationText(Math.ceil(Date.parse(time) / 1000 - now))})
        </ListItem>
      ))}
    </List>
  );
}

function durationOf(start: string | null, end: string | null): string {
  if (start === null || end === null) return "";
  return durationText(Math.round((Date.parse(end) - Date.parse(start)) / 1000));
}

function History({ part, namespace }: { part: CronJobPart; namespace: string }) {
  if (part.missing !== null) return <Alert isInline variant="info" title={part.missing} />;
  if (part.jobs.length === 0)
    return (
      <EmptyNotice title="No run is kept">
        It has not run yet, or its history limits keep none. Actions, Trigger now runs it at once.
      </EmptyNotice>
    );
  return (
    <Table aria-label="Jobs of this CronJob" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={40}>Job</Th>
          <Th>Status</Th>
          <Th>Started</Th>
          <Th>Duration</Th>
        </Tr>
      </Thead>
      <Tbody>
        {part.jobs.map((job) => (
          <Tr key={job.key}>
            <Td dataLabel="Job" modifier="breakWord">
              <Link to={objectPath({ group: "batch", version: "v1", plural: "jobs" }, namespace, job.name)}>
                {job.name}
              </Link>
              {job.manual ? " (triggered by hand)" : ""}
              {job.message === null ? null : <div className="kyma-subtle">{visibleText(job.message)}</div>}
            </Td>
            <Td dataLabel="Status">
              <StatusLabel health={healthLooks[job.health]}>{job.status}</StatusLabel>
            </Td>
            <Td dataLabel="Started">
              {job.startTime === null ? (
                "not yet"
              ) : (
                <>
                  <Age since={job.startTime} /> ago
                </>
              )}
            </Td>
            <Td dataLabel="Duration">{durationOf(job.startTime, job.completionTime)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
