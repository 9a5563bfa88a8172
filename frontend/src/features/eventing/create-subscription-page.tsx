import { Button, Flex, FlexItem, PageSection, Stack, StackItem } from "@patternfly/react-core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "#api/session.ts";
import { needOn } from "#resources/access.ts";
import { draftKey } from "#resources/editor/drafts.ts";
import { DraftBar } from "#resources/editor/edit-bars.tsx";
import { TextOrForm } from "#resources/editor/text-or-form.tsx";
import { useYamlEdit } from "#resources/editor/use-yaml-edit.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { LeaveGuard } from "#resources/leave-guard.tsx";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { subscriptionType } from "#resources/well-known-types.ts";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { toast } from "#ui/toasts.tsx";
import { CreateReview } from "./create-review.tsx";
import { sinkName } from "./sinks.ts";
import { NewSubscriptionForm } from "./subscription-form.tsx";
import { newSubscription, readFields } from "./subscription-text.ts";

/** A new Subscription, as a form or as YAML; what the address says is filled in. */
export function CreateSubscriptionPage() {
  const { ns, namespace = "default" } = useNamespaceScope();
  const search = useSearch({ from: "/namespaces/$ns/subscriptions/create" });
  const session = useSession().data;
  const sink = search.sink === undefined ? undefined : sinkName(search.sink, namespace);
  const start = { namespace, name: sink && /^[a-z0-9-]+$/.test(sink) ? sink : "", ...search };
  return (
    <>
      <PageHeader
        title={sink === undefined ? "Create a Subscription" : `Subscribe ${sink} to events`}
        trail={[{ label: "Subscriptions", path: `/namespaces/${ns}/subscriptions` }]}
        text="Choose who gets which events; look at it; create it."
      />
      <PageSection isFilled>
        {session === undefined ? (
          <Loading what="the form" />
        ) : (
          <Editor key={JSON.stringify(start)} initial={newSubscription(start)} who={session} ns={ns} />
        )}
      </PageSection>
    </>
  );
}

const keeps =
  "The Subscription is not created. What you typed is kept as a draft in this browser and comes back when you create one again.";

function Editor(props: { initial: string; who: { user: string; cluster: string }; ns: string }) {
  const { initial, ns } = props;
  const { user, cluster } = props.who;
  const navigate = useNavigate();
  // A draft belongs to what it began with: the sink of another page must not come back.
  const key = draftKey({ user, cluster, ...subscriptionType, namespace: ns, name: `(new) ${initial}` });
  const edit = useYamlEdit(initial, key, false);
  const [reviewing, setReviewing] = useState(false);
  const reading = readFields(edit.text);
  const fields = "fields" in reading ? reading.fields : undefined;
  const created = () => {
    const { name = "", namespace = "" } = fields ?? {};
    edit.discard();
    toast("success", `Subscription ${name} was created`);
    void navigate({
      to: "/namespaces/$ns/subscriptions/$name",
      params: { ns: namespace, name },
      ignoreBlocker: true,
    });
  };
  return (
    <Stack hasGutter>
      {edit.restored && edit.dirty ? (
        <StackItem>
          <DraftBar draft={edit.restored} onDiscard={edit.discard} />
        </StackItem>
      ) : null}
      <StackItem>
        <TextOrForm
          type={subscriptionType}
          label="YAML of the new Subscription"
          text={edit.text}
          onText={edit.setText}
          onSave={() => setReviewing(fields !== undefined)}
          faults={[]}
          Form={NewSubscriptionForm}
        />
      </StackItem>
      <StackItem>
        <Flex>
          <FlexItem>
            <GuardedButton
              needs={[needOn(subscriptionType, "create", fields?.namespace || "default")]}
              isDisabled={fields === undefined}
              onClick={() => setReviewing(true)}
            >
              Review and create
            </GuardedButton>
          </FlexItem>
          <FlexItem>
            <Button
              variant="link"
              onClick={() => void navigate({ to: "/namespaces/$ns/subscriptions", params: { ns } })}
            >
              Cancel
            </Button>
          </FlexItem>
        </Flex>
      </StackItem>
      {reviewing && "object" in reading ? (
        <CreateReview
          name={reading.fields.name}
          text={edit.text}
          object={reading.object}
          onClose={() => setReviewing(false)}
          onCreated={created}
        />
      ) : null}
      <LeaveGuard dirty={edit.dirty} keeps={keeps} />
    </Stack>
  );
}
