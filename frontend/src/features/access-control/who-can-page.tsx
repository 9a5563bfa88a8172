import {
  Form,
  FormGroup,
  Grid,
  GridItem,
  PageSection,
  TextInput,
  ActionGroup,
  Button,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { whoCanQuery, type Grant } from "#api/inspection.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import { kindKey } from "#resources/kinds.ts";
import { MissingNotes } from "#resources/object-page/missing-notes.tsx";
import { ObjectLink } from "#resources/object-page/object-link.tsx";
import { useNamespaceNames } from "#resources/use-namespace-names.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { visibleText } from "#ui/visible-text.ts";

const verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*"];

interface Question {
  verb: string;
  /** `plural`, `plural.group` or `plural.group/subresource`, as kubectl takes it. */
  resource: string;
  namespace: string;
  name: string;
}

function fromAddress(search: Record<string, unknown>): Question {
  const text = (field: string, otherwise = "") =>
    typeof search[field] === "string" ? search[field] : otherwise;
  return {
    verb: text("verb", "get"),
    resource: text("resource"),
    namespace: text("namespace"),
    name: text("name"),
  };
}

/** The right that a question is about. Pure. */
function checkOf({ verb, resource, namespace, name }: Question) {
  const [type = "", subresource] = resource.split("/");
  const dot = type.indexOf(".");
  return {
    verb,
    group: type === "*" ? "*" : dot < 0 ? "" : type.slice(dot + 1),
    resource: dot < 0 ? type : type.slice(0, dot),
    subresource: subresource || null,
    namespace: namespace || null,
    name: name || null,
  };
}

/** Who can do what: from a right to everybody who has it, with the chain that gives it. */
export function WhoCanPage() {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const question = fromAddress(search);
  const ask = (next: Question) =>
    void navigate({
      to: ".",
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== "")) as never,
    });
  return (
    <>
      <PageHeader
        title="Who can do what?"
        text="From a right to everybody who has it, by the roles and bindings that you can read, with the chain that gives it."
      />
      <PageSection isFilled>
        <QuestionForm key={JSON.stringify(question)} question={question} onAsk={ask} />
        {question.resource === "" ? (
          <EmptyNotice isSearch title="Ask for a right">
            Choose a verb and a resource, e.g. get secrets, and if you like a namespace.
          </EmptyNotice>
        ) : (
          <Answer question={question} />
        )}
      </PageSection>
    </>
  );
}

function QuestionForm({ question, onAsk }: { question: Question; onAsk: (question: Question) => void }) {
  const [draft, setDraft] = useState(question);
  const resources = useQuery(apiResourcesQuery).data ?? [];
  const namespaces = useNamespaceNames();
  const field = (name: keyof Question, label: string, list?: string, placeholder?: string) => (
    <GridItem sm={6} lg={3}>
      <FormGroup label={label} fieldId={`who-can-${name}`}>
        <TextInput
          id={`who-can-${name}`}
          value={draft[name]}
          placeholder={placeholder ?? ""}
          autoComplete="off"
          {...(list ? { list } : {})}
          onChange={(_event, value) => setDraft({ ...draft, [name]: value.trim() })}
        />
      </FormGroup>
    </GridItem>
  );
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.resource !== "" && draft.verb !== "") onAsk(draft);
      }}
    >
      <Grid hasGutter>
        {field("verb", "Verb", "who-can-verbs")}
        {field("resource", "Resource", "who-can-resources", "e.g. secrets or deployments.apps")}
        {field("namespace", "Namespace", "who-can-namespaces", "anywhere")}
        {field("name", "Name", undefined, "any")}
      </Grid>
      <datalist id="who-can-verbs">
        {verbs.map((verb) => (
          <option key={verb}>{verb}</option>
        ))}
      </datalist>
      <datalist id="who-can-resources">
        {["pods/exec", "pods/log", ...resources.map(kindKey)].map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </datalist>
      <datalist id="who-can-namespaces">
        {namespaces.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
      <ActionGroup>
        <Button type="submit" isDisabled={draft.resource === "" || draft.verb === ""}>
          Ask
        </Button>
      </ActionGroup>
    </Form>
  );
}

function Answer({ question }: { question: Question }) {
  const answer = useQuery(whoCanQuery(checkOf(question)));
  if (answer.error)
    return <ErrorState title="It cannot be told" error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Loading what="the answer" />;
  const { grants, total, missing } = answer.data;
  const place = question.namespace ? ` in namespace ${question.namespace}` : "";
  return (
    <div className="kyma-tab">
      <MissingNotes missing={missing} />
      <p aria-live="polite">
        {total === 0
          ? `Nobody can ${question.verb} ${question.resource}${place}, by what you can read.`
          : `${total} ${total === 1 ? "grant" : "grants"} to ${question.verb} ${question.resource}${place}${total > grants.length ? `; the first ${grants.length} are shown` : ""}.`}
      </p>
      {grants.length > 0 ? <GrantTable grants={grants} /> : null}
    </div>
  );
}

const rbac = { group: "rbac.authorization.k8s.io", version: "v1" };

function GrantTable({ grants }: { grants: readonly Grant[] }) {
  return (
    <Table aria-label="Who can" variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>Who</Th>
          <Th>Where</Th>
          <Th>Because of</Th>
          <Th>Which gives</Th>
          <Th>By the rule</Th>
        </Tr>
      </Thead>
      <Tbody>
        {grants.map((grant, index) => (
          <Tr key={index}>
            <Td dataLabel="Who" modifier="breakWord">
              {grant.subject.kind === "ServiceAccount" ? (
                <ObjectLink
                  to={{
                    group: "",
                    version: "v1",
                    plural: "serviceaccounts",
                    kind: "ServiceAccount",
                    namespace: grant.subject.namespace,
                    name: grant.subject.name,
                  }}
                />
              ) : (
                <>
                  {grant.subject.kind} <strong>{visibleText(grant.subject.name)}</strong>
                </>
              )}
            </Td>
            <Td dataLabel="Where" modifier="nowrap">
              {grant.namespace ?? "everywhere"}
            </Td>
            <Td dataLabel="Because of" modifier="breakWord">
              <ObjectLink
                to={{
                  ...rbac,
                  plural: `${grant.bindingKind.toLowerCase()}s`,
                  kind: grant.bindingKind,
                  namespace: grant.namespace,
                  name: grant.binding,
                }}
                from={grant.namespace ?? undefined}
              />
            </Td>
            <Td dataLabel="Which gives" modifier="breakWord">
              <ObjectLink
                to={{
                  ...rbac,
                  plural: `${grant.roleKind.toLowerCase()}s`,
                  kind: grant.roleKind,
                  namespace: grant.roleKind === "Role" ? grant.namespace : null,
                  name: grant.role,
                }}
                from={grant.namespace ?? undefined}
              />
            </Td>
            <Td dataLabel="By the rule" modifier="breakWord">
              {visibleText(grant.rule)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
