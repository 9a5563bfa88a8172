import { Alert, Flex, FlexItem, FormSelect, FormSelectOption, TextInput } from "@patternfly/react-core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { probeService, type ServiceProbe } from "#api/inspection.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { visibleText } from "#ui/visible-text.ts";
import type { ServicePort } from "./types.ts";

/** Sends a real request to a Service and shows what came back. */
export function ServiceProbePanel({
  namespace,
  service,
  ports,
}: {
  namespace: string;
  service: string;
  ports: readonly ServicePort[];
}) {
  const usable = ports.filter(({ protocol = "TCP" }) => protocol === "TCP");
  const [port, setPort] = useState(usable[0]?.port ?? 80);
  const [path, setPath] = useState("/");
  const probe = useMutation({ mutationFn: () => probeService({ namespace, service, port, path }) });
  if (usable.length === 0) return <p>Only TCP ports can be tried from here.</p>;
  const needs = [
    { verb: "get", group: "", resource: "services", subresource: "proxy", namespace, name: service },
  ];
  return (
    <>
      <p className="kyma-subtle">
        A real GET goes through the API server's proxy, with your rights, to one of the pods.
      </p>
      <Flex gap={{ default: "gapSm" }} className="kyma-answer-head">
        <FlexItem>
          <FormSelect aria-label="Port" value={port} onChange={(_event, value) => setPort(Number(value))}>
            {usable.map((one) => (
              <FormSelectOption
                key={one.port}
                value={one.port}
                label={one.name ? `${one.port} (${one.name})` : String(one.port)}
              />
            ))}
          </FormSelect>
        </FlexItem>
        <FlexItem>
          <TextInput aria-label="Path" value={path} onChange={(_event, value) => setPath(value)} />
        </FlexItem>
        <FlexItem>
          <GuardedButton
            needs={needs}
            variant="secondary"
            isLoading={probe.isPending}
            onClick={() => probe.mutate()}
          >
            Try it
          </GuardedButton>
        </FlexItem>
      </Flex>
      <div aria-live="polite">
        {probe.error ? <ErrorAlert title="It could not be tried" error={probe.error} /> : null}
        {probe.data ? <ProbeAnswer probe={probe.data} /> : null}
      </div>
    </>
  );
}

function ProbeAnswer({ probe }: { probe: ServiceProbe }) {
  if (probe.status === null || probe.status === undefined) {
    return (
      <Alert isInline variant="danger" title={`No answer after ${probe.milliseconds} ms`}>
        {visibleText(probe.problem ?? "")}
      </Alert>
    );
  }
  const variant = probe.status < 400 ? "success" : probe.status < 500 ? "warning" : "danger";
  return (
    <Alert
      isInline
      variant={variant}
      title={`Answered ${probe.status} ${probe.statusText} in ${probe.milliseconds} ms`}
    >
      {probe.body ? <pre className="kyma-value">{visibleText(probe.body)}</pre> : null}
    </Alert>
  );
}
