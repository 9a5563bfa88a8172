import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import type { ClusterOverview } from "#api/overview.ts";
import { kindKey, listPath, pluralLabel } from "#resources/kinds.ts";

type Kind = ClusterOverview["kinds"][number];

const parts = [
  { key: "error", text: "failing" },
  { key: "warning", text: "with warnings" },
  { key: "progress", text: "in progress" },
  { key: "ok", text: "well" },
] as const;

/** "2 failing, 8 well". Pure. */
function healthText(kind: Pick<Kind, "ok" | "progress" | "warning" | "error">): string {
  const texts = parts.filter(({ key }) => kind[key] > 0).map(({ key, text }) => `${kind[key]} ${text}`);
  return texts.join(", ") || "none";
}

/** Each kind as a bar: how many are well, being worked on, doubtful and broken. */
export function HealthCard({ kinds, ns }: { kinds: readonly Kind[]; ns: string }) {
  return (
    <Card>
      <CardTitle component="h2">Nodes and workloads</CardTitle>
      <CardBody>
        {kinds.length === 0 ? "There are none yet that you can see." : null}
        <ul className="kyma-health">
          {kinds.map((kind) => (
            <li key={kindKey(kind)}>
              <Link to={listPath(kind, kind.plural === "nodes" ? undefined : ns)}>
                {pluralLabel(kind.kind)}
              </Link>
              <span className="kyma-health-count">{kind.total}</span>
              <span
                className="kyma-health-bar"
                role="img"
                aria-label={healthText(kind)}
                title={healthText(kind)}
              >
                {parts.map(({ key }) =>
                  kind[key] > 0 ? (
                    <span key={key} className={`kyma-health-${key}`} style={{ flexGrow: kind[key] }} />
                  ) : null,
                )}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
