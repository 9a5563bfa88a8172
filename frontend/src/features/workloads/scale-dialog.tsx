import { Alert, Content, Form, FormGroup, NumberInput } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ScaleTarget } from "#api/workloads.ts";
import { scaleTargetQuery, scaleWorkload } from "#api/workloads.ts";
import { ConfirmAction } from "#resources/confirm-action.tsx";
import type { ObjectView } from "#resources/feature.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { refOf } from "./commands.ts";

const mostReplicas = 10_000;

/** Asks for the number of replicas; says when an autoscaler would change it again. */
export function ScaleDialog({ onClose, ...view }: ObjectView & { onClose: () => void }) {
  const ref = refOf(view);
  const target = useQuery(scaleTargetQuery(ref));
  const [wanted, setWanted] = useState<number>();
  const now = target.data?.replicas;
  const replicas = wanted ?? now ?? 0;
  const isValid = Number.isInteger(replicas) && replicas >= 0 && replicas <= mostReplicas;
  return (
    <ConfirmAction
      title={`Scale ${ref.name}`}
      action="Scale"
      isDisabled={now === undefined || replicas === now || !isValid}
      attempt={(dryRun) => scaleWorkload(ref, replicas, now ?? 0, dryRun)}
      triedAt="confirm"
      onClose={onClose}
    >
      {target.error ? (
        <ErrorAlert title="It cannot be scaled" error={target.error} retry={() => void target.refetch()} />
      ) : target.data === undefined ? (
        <Loading what="the present number" />
      ) : (
        <>
          <Form onSubmit={(event) => event.preventDefault()}>
            <FormGroup label="Replicas" fieldId="scale-replicas">
              <NumberInput
                id="scale-replicas"
                value={replicas}
                min={0}
                max={mostReplicas}
                inputAriaLabel="Replicas"
                minusBtnAriaLabel="One less"
                plusBtnAriaLabel="One more"
                onMinus={() => setWanted(Math.max(0, replicas - 1))}
                onPlus={() => setWanted(replicas + 1)}
                onChange={(event) => setWanted(Number((event.target as HTMLInputElement).value))}
              />
            </FormGroup>
          </Form>
          <Content component="p" className="kyma-subtle">
            {replicas === now ? `${now} now.` : `Replicas: ${now} → ${replicas}.`}
            {replicas === 0 && now !== 0 ? " With 0 nothing runs any more." : ""}
          </Content>
          <AutoscalerNote autoscalers={target.data.autoscalers} />
        </>
      )}
    </ConfirmAction>
  );
}

function AutoscalerNote({ autoscalers }: { autoscalers: ScaleTarget["autoscalers"] }) {
  if (autoscalers === null)
    return (
      <Alert isInline isPlain variant="info" title="Whether an autoscaler owns the number is not known">
        You may not list HorizontalPodAutoscalers here. If there is one, it changes the number again.
      </Alert>
    );
  const [one] = autoscalers;
  if (!one) return null;
  return (
    <Alert isInline variant="warning" title={`HorizontalPodAutoscaler ${one.name} scales it`}>
      It keeps between {one.minReplicas} and {one.maxReplicas} replicas by load and will soon change your
      number again. Change the autoscaler instead; 0 replicas switch it off.
    </Alert>
  );
}
