import { List, ListItem, Title } from "@patternfly/react-core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { accessQuery, grantorsQuery } from "#api/access.ts";
import { grantorsText } from "#resources/grantors-text.ts";
import { matrixVerbs, ruleText, type MatrixRow } from "./access-matrix.ts";

/** Why one kind's rights are as they are: the cluster's own words for each verb, the rules, and who could grant what is missing. */
export function WhyPanel({ row, namespace }: { row: MatrixRow; namespace: string | undefined }) {
  const verbs = matrixVerbs.filter((verb) => row.cells[verb] !== "n/a");
  const { group, resource, subresource } = row;
  const right = { group, resource, ...(subresource === undefined ? {} : { subresource }), namespace };
  const answers = useQueries({ queries: verbs.map((verb) => accessQuery({ ...right, verb })) });
  const missing = verbs.find((_verb, index) => answers[index]?.data?.allowed === false);
  const sayings = groupSayings(verbs.map((verb, index) => ({ verb, text: sayingOf(answers[index]?.data) })));
  return (
    <div className="kyma-break">
      <Title headingLevel="h3" size="md" className="kyma-editor-title">
        Why
      </Title>
      <List isPlain>
        {sayings.map(({ verbs: alike, text }) => (
          <ListItem key={text}>
            <strong>{alike.join(", ")}</strong>: {text}
          </ListItem>
        ))}
      </List>
      {missing === undefined ? null : <WhoCanGrant right={{ ...right, verb: missing }} />}
      {row.rules.length > 0 ? (
        <>
          <Title headingLevel="h3" size="md" className="kyma-editor-title">
            Rules that apply
          </Title>
          <List>
            {row.rules.map((rule) => (
              <ListItem key={JSON.stringify(rule)}>{ruleText(rule)}</ListItem>
            ))}
          </List>
        </>
      ) : null}
    </div>
  );
}

/** Without the verb in it, so that verbs with the same answer stand together. */
function sayingOf(answer: { allowed: boolean; reason?: string | null | undefined } | undefined): string {
  if (!answer) return "…";
  if (answer.allowed) return answer.reason ?? "allowed; the cluster gives no reason";
  return answer.reason ? `not allowed. The cluster says: ${answer.reason}` : "not allowed by anything";
}

function groupSayings(answers: { verb: string; text: string }[]): { verbs: string[]; text: string }[] {
  const byText = new Map<string, string[]>();
  for (const { verb, text } of answers) byText.set(text, [...(byText.get(text) ?? []), verb]);
  return [...byText].map(([text, verbs]) => ({ verbs, text }));
}

function WhoCanGrant({ right }: { right: Parameters<typeof grantorsQuery>[0] }) {
  const { data } = useQuery(grantorsQuery(right));
  return <p className="kyma-subtle">{data ? grantorsText(data) : "…"}</p>;
}
