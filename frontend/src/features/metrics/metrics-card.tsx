import { Card, CardBody, CardTitle, Content, Grid, GridItem } from "@patternfly/react-core";
import { lazy, Suspense } from "react";
import type { MetricsState } from "#api/metrics.ts";
import type { ObjectView } from "#resources/feature.ts";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { bytesText, coresText } from "#ui/quantity-text.ts";
import { chartData, summary } from "./chart-data.ts";
import { mendLanguage } from "./language.ts";
import type { Limit } from "./limits.ts";
import { limitsOf } from "./limits.ts";
import "./metrics.css";

const UsageChart = lazy(() => {
  mendLanguage();
  return import("./usage-chart.tsx");
});

const measures = [
  { value: "cpu", title: "CPU", text: coresText },
  { value: "memory", title: "Memory", text: bytesText },
] as const;

/** CPU and memory now and over the last hour, or since the page was opened. */
export function MetricsCard(view: ObjectView) {
  const state = useObjectPageContent()?.page.parts.metrics;
  if (state === null) return null;
  return (
    <Card isCompact>
      <CardTitle component="h2">
        CPU and memory {state?.liveness === "RECONNECTING" ? <Stale since={state.staleSince} /> : null}
      </CardTitle>
      <CardBody>
        {state === undefined ? (
          "Waiting for the first measurement…"
        ) : state.series.length === 0 ? (
          (state.problem ??
          "Nothing was measured yet. A container that has just started is measured within 30 seconds.")
        ) : (
          <Charts state={state} view={view} />
        )}
      </CardBody>
    </Card>
  );
}

/** The page may be fresh while the cluster measures nothing. */
function Stale({ since }: { since: string | null }) {
  return <FreshnessBadge freshness={{ state: "stale", since: Date.parse(since ?? "") }} />;
}

function Charts({ state, view }: { state: MetricsState; view: ObjectView }) {
  return (
    <>
      <Grid hasGutter>
        {measures.map(({ value, title, text }) => (
          <GridItem key={value} lg={6}>
            <Chart state={state} value={value} title={title} text={text} limits={limitsOf(view, value)} />
          </GridItem>
        ))}
      </Grid>
      <Content component="small">
        {state.hasHistory
          ? "The last hour."
          : "Since this page was opened: the cluster keeps no history of measurements."}
      </Content>
    </>
  );
}

function Chart(props: {
  state: MetricsState;
  value: "cpu" | "memory";
  title: string;
  text: (value: number) => string;
  limits: readonly Limit[];
}) {
  const { state, value, title, text } = props;
  const { now, highest } = summary(state.series, value);
  // A limit far above the use would press the line flat; its number stands in the text.
  const near = props.limits.filter((limit) => limit.value <= highest * 4);
  const told = props.limits.map((limit) => `${text(limit.value)} ${limit.label}`).join(", ");
  const sentence = `${title} ${text(now)}${told ? ` (${told})` : ""}`;
  return (
    <>
      <Content component="p">
        {title} <strong>{text(now)}</strong>
        {told ? <span className="kyma-subtle"> {told}</span> : null}
      </Content>
      <Suspense fallback={<div className="kyma-chart" />}>
        <UsageChart
          data={chartData(state.series, value)}
          limits={near}
          text={text}
          label={`${sentence}; highest ${text(highest)}`}
        />
      </Suspense>
    </>
  );
}
