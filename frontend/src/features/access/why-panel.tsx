import { List, ListItem, Title } from "@patternfly/react-core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { accessQuery, grantorsQuery } from "#api/access.ts";
import { refusalText } from "#resources/access.ts";
import { grantorsText } from "#resources/grantors-text.ts";
import { matrixVerbs, ruleText, type MatrixRow } from "./access-matrix.ts";

/** Why one kind's rights are as they are: the cluster's own words for each verb, the rules, and who could grant what is missing. */
export function WhyPanel({ row, namespace }: { row: MatrixRow; namespace: string | undefined }) {
  const verbs = matrixVerbs.filter((verb) => row.cells[verb] !== "n/a");
  const { group, resource, subresource } = row;
  const right = { group, resource, ...(subresource === undefined ? {} : { subresource }), namespace };
  const answers = useQueries({ queries: verbs.map((verb) => accessQuery({ ...right, verb })) });
  const missing = verbs.find((_verb, index) => answers[index]?.data?.allowed === false);
  return (
    <div className="kyma-break">
      <Title headingLevel="h3" size="md">
        Why
      </Title>
      <List isPlain>
        {verbs.map((verb, index) => {
          const answer = answers[index]?.data;
          return (
            <ListItem key={verb}>
              <strong>{verb}</strong>:{" "}
              {answer === undefined
                ? "…"
                : answer.allowed
                  ? (answer.reason ?? "allowed")
                  : refusalText({ ...right, verb }, answer.reason ?? null)}
            </ListItem>
          );
        })}
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

function WhoCanGrant({ right }: { right: Parameters<typeof grantorsQuery>[0] }) {
  const { data } = useQuery(grantorsQuery(right));
  return <p className="kyma-subtle">{data ? grantorsText(data) : "…"}</p>;
}
