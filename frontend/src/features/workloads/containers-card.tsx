import { Alert, Card, CardBody, CardTitle, DescriptionList, Label } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { ContainerPart, ContainersPart } from "#api/workload-parts.ts";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { healthLooks } from "#resources/pod-table.tsx";
import { Age } from "#ui/age.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { EnvTable } from "./env-table.tsx";
import { VolumeTable } from "./volume-table.tsx";
import "./workloads.css";

/** Containers, volumes and further facts: of a pod with their state, of a workload those of its template. */
export function ContainersCard({ object }: ObjectView) {
  const { containers: part } = useObjectPageContent()?.page.parts ?? {};
  if (part === undefined) return <Loading what="the containers" />;
  if (part === null) return null;
  const namespace = object.metadata.namespace ?? "";
  const isPod = object.kind === "Pod";
  return (
    <>
      <PagePart title={isPod ? "Containers" : "Containers of the template"}>
        {part.containers.map((container) => (
          <ContainerCard key={container.name} container={container} namespace={namespace} />
        ))}
      </PagePart>
      {part.volumes.length === 0 ? null : (
        <PagePart title="Volumes">
          <VolumeTable volumes={part.volumes} namespace={namespace} />
        </PagePart>
      )}
      <PodFacts facts={part.facts} title={isPod ? "Pod" : "Pods of the template"} />
    </>
  );
}

function PodFacts({ facts, title }: { facts: ContainersPart["facts"]; title: string }) {
  if (facts.length === 0) return null;
  return (
    <PagePart title={title}>
      <DescriptionList isCompact columnModifier={{ default: "1Col", md: "2Col", xl: "3Col" }}>
        {facts.map(({ name, values }) => (
          <Fact key={name} term={name}>
            {values.map((value) => (
              <div key={value}>{visibleText(value)}</div>
            ))}
          </Fact>
        ))}
      </DescriptionList>
    </PagePart>
  );
}

const roles: Record<ContainerPart["role"], string | undefined> = {
  INIT: "init",
  SIDECAR: "sidecar",
  MAIN: undefined,
  EPHEMERAL: "ephemeral",
};

function ContainerCard({ container, namespace }: { container: ContainerPart; namespace: string }) {
  const role = roles[container.role];
  return (
    <Card isCompact className="kyma-container" component="section" aria-label={`Container ${container.name}`}>
      <CardTitle component="h3">
        <span className="kyma-container-head">
          {container.name}
          {role === undefined ? null : (
            <Label isCompact color="grey">
              {role}
            </Label>
          )}
          {container.state === null ? null : (
            <StatusLabel health={healthLooks[container.health]}>{visibleText(container.state)}</StatusLabel>
          )}
        </span>
      </CardTitle>
      <CardBody>
        <Trouble container={container} />
        <ContainerFacts container={container} />
        {container.env.length === 0 ? null : <EnvTable env={container.env} namespace={namespace} />}
      </CardBody>
    </Card>
  );
}

function Trouble({ container: { explanation, advice, health } }: { container: ContainerPart }) {
  if (explanation === null) return null;
  const variant = health === "ERROR" ? "danger" : health === "WARNING" ? "warning" : "info";
  return (
    <Alert isInline variant={variant} title={visibleText(explanation)} className="kyma-page-part">
      {advice}
    </Alert>
  );
}

function lines(values: readonly string[], none: string): ReactNode {
  if (values.length === 0) return <span className="kyma-subtle">{none}</span>;
  return values.map((value) => <div key={value}>{visibleText(value)}</div>);
}

function ContainerFacts({ container }: { container: ContainerPart }) {
  const { ports, probes, mounts } = container;
  return (
    <DescriptionList isCompact columnModifier={{ default: "1Col", md: "2Col", xl: "3Col" }}>
      <Fact term="Image">{visibleText(container.image)}</Fact>
      {container.state === null ? null : <RunFacts container={container} />}
      {container.command === null ? null : (
        <Fact term="Command">
          <code>{visibleText(container.command)}</code>
        </Fact>
      )}
      {ports.length === 0 ? null : <Fact term="Ports">{lines(ports, "")}</Fact>}
      <Fact term="Requests">{lines(container.requests, "none")}</Fact>
      <Fact term="Limits">{lines(container.limits, "none")}</Fact>
      <Fact term="Probes">
        {lines(
          probes.map(({ kind, text }) => `${kind}: ${text}`),
          "none",
        )}
      </Fact>
      {mounts.length === 0 ? null : (
        <Fact term="Mounts">
          {lines(
            mounts.map(
              ({ path, volume, readOnly }) => `${path} from ${volume}${readOnly ? " (read-only)" : ""}`,
            ),
            "",
          )}
        </Fact>
      )}
    </DescriptionList>
  );
}

function RunFacts({ container }: { container: ContainerPart }) {
  const { startedAt, finishedAt, restarts, lastEnd, lastEndAt } = container;
  return (
    <>
      {startedAt === null ? null : (
        <Fact term={finishedAt === null ? "Running for" : "Ended"}>
          {finishedAt === null ? (
            <Age since={startedAt} />
          ) : (
            <>
              <Age since={finishedAt} /> ago
            </>
          )}
        </Fact>
      )}
      <Fact term="Restarts">{restarts}</Fact>
      {lastEnd === null ? null : (
        <Fact term="Last run ended">
          {visibleText(lastEnd)}
          {lastEndAt === null ? null : (
            <>
              {" "}
              (<Age since={lastEndAt} /> ago)
            </>
          )}
        </Fact>
      )}
    </>
  );
}
