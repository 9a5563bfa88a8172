import { Alert, Gallery, GalleryItem, Grid, GridItem, PageSection, Stack } from "@patternfly/react-core";
import type { ClusterOverview } from "#api/overview.ts";
import { useClusterOverview } from "#api/overview.ts";
import { useNamespaceScope, namespacesLabel } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { features } from "../features.ts";
import { CapacityCard } from "./capacity-card.tsx";
import { FailingCard } from "./failing-card.tsx";
import { HealthCard } from "./health-card.tsx";
import { QuickStarts } from "./quick-starts.tsx";
import { WarningsCard } from "./warnings-card.tsx";

/** The first page: how the cluster does, what fails and why, how much is taken, and where to start. */
export function OverviewPage() {
  const { ns, namespace, namespaces } = useNamespaceScope();
  const live = useClusterOverview(namespaces);
  const freshness = useFreshness(live);
  return (
    <>
      <PageHeader
        title="Overview"
        text={namespaces === undefined ? "All namespaces" : `Namespace ${namespacesLabel(namespaces)}`}
        label={<FreshnessBadge freshness={freshness} />}
      />
      <PageSection aria-label="How the cluster does">
        {live.error ? (
          <ErrorState title="The overview cannot be read" error={live.error} retry={live.retry} />
        ) : live.value === undefined ? (
          <Loading what="the overview" />
        ) : (
          <Cards overview={live.value} ns={ns} />
        )}
      </PageSection>
      <PageSection aria-label="Kyma">
        <Gallery hasGutter minWidths={{ default: "100%", md: "20rem" }}>
          {features.map(({ navigation, Overview }) =>
            Overview ? (
              <GalleryItem key={navigation[0]?.label}>
                <Overview namespace={namespace} />
              </GalleryItem>
            ) : null,
          )}
        </Gallery>
      </PageSection>
      <QuickStarts ns={ns} />
    </>
  );
}

function Cards({ overview, ns }: { overview: ClusterOverview; ns: string }) {
  return (
    <Grid hasGutter>
      {overview.missing.length > 0 ? (
        <GridItem>
          <Alert isInline isPlain variant="info" title="Some of it is not shown">
            {overview.missing.join(" ")}
          </Alert>
        </GridItem>
      ) : null}
      <GridItem lg={8}>
        <Stack hasGutter>
          <FailingCard failing={overview.failing} total={overview.failingTotal} />
          <WarningsCard warnings={overview.warnings} ns={ns} />
        </Stack>
      </GridItem>
      <GridItem lg={4}>
        <Stack hasGutter>
          <HealthCard kinds={overview.kinds} ns={ns} />
          {overview.capacity ? <CapacityCard capacity={overview.capacity} /> : null}
        </Stack>
      </GridItem>
    </Grid>
  );
}
