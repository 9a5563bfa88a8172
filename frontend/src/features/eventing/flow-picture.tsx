import { Link } from "@tanstack/react-router";
import { useNarrow } from "#ui/use-narrow.ts";
import { rateText, sumOf } from "./amounts.ts";
import {
  anySource,
  flowGraph,
  flowSentence,
  type FlowEdge,
  type FlowGraph,
  type FlowNode,
} from "./flow-graph.ts";
import type { SubscriptionFlow } from "./live-eventing.ts";
import { sinkName } from "./sinks.ts";
import "./eventing.css";

const most = 20;

/** Where events come from and go to: source, type, Subscription, sink, with rates; in columns, or one below the other on a phone. */
export function FlowPicture(props: { flows: readonly SubscriptionFlow[]; total: number }) {
  const { flows, total } = props;
  const narrow = useNarrow();
  const shown = flows.slice(0, most);
  return (
    <figure className="kyma-flow-figure" aria-label="Event flow">
      <ul className="pf-v6-screen-reader">
        {shown.map((flow) => (
          <li key={`${flow.namespace}/${flow.name}`}>{flowSentence(flow)}</li>
        ))}
      </ul>
      {narrow ? <Chains flows={shown} /> : <Columns graph={flowGraph(shown)} />}
      {total > shown.length ? (
        <figcaption className="kyma-subtle">
          The first {shown.length} of {total.toLocaleString("en")} Subscriptions, those in trouble and the
          busiest.
        </figcaption>
      ) : null}
    </figure>
  );
}

/** Of each column, in the units of the drawing: 100 wide, and a row high. */
const columnWidth = 19;
const columnPitch = 27;

function Columns({ graph }: { graph: FlowGraph }) {
  const rows = Math.max(...graph.columns.map(({ nodes }) => nodes.length));
  const middleOf = (column: number, place: number) =>
    place + 0.5 + (rows - (graph.columns[column]?.nodes.length ?? 0)) / 2;
  return (
    <div className="kyma-flow" style={{ "--kyma-flow-rows": rows } as React.CSSProperties}>
      <svg className="kyma-flow-lines" viewBox={`0 0 100 ${rows}`} preserveAspectRatio="none" aria-hidden>
        {graph.edges.map((edge) => (
          <path
            key={`${edge.column} ${edge.from} ${edge.to}`}
            className={lineClass(edge)}
            d={linePath(edge, middleOf(edge.column, edge.from), middleOf(edge.column + 1, edge.to))}
          />
        ))}
      </svg>
      {graph.columns.map(({ title, nodes }) => (
        <div key={title} className="kyma-flow-column">
          <div className="kyma-subtle">{title}</div>
          <ul aria-label={title}>
            {nodes.map((node) => (
              <li key={node.key}>
                <Node node={node} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function linePath({ column }: FlowEdge, from: number, to: number): string {
  const start = column * columnPitch + columnWidth;
  const end = (column + 1) * columnPitch;
  const bend = (start + end) / 2;
  return `M ${start} ${from} C ${bend} ${from}, ${bend} ${to}, ${end} ${to}`;
}

function lineClass({ rate, isBroken }: FlowEdge): string {
  if (isBroken) return "kyma-flow-broken";
  return (rate ?? 0) > 0 ? "kyma-flow-busy" : "";
}

function Node({ node }: { node: FlowNode }) {
  return (
    <div
      className={`kyma-flow-node${node.isBroken ? " kyma-flow-node-broken" : ""}`}
      title={node.note ?? node.label}
    >
      <span className="kyma-flow-label">
        {node.to ? (
          <Link
            to="/namespaces/$ns/subscriptions/$name"
            params={{ ns: node.to.namespace, name: node.to.name }}
          >
            {node.label}
          </Link>
        ) : (
          node.label
        )}
      </span>
      <span className="kyma-subtle">{node.isBroken && node.to ? "not ready" : rateText(node.rate)}</span>
    </div>
  );
}

/** Each Subscription as a chain from top to bottom. */
function Chains({ flows }: { flows: readonly SubscriptionFlow[] }) {
  return (
    <div className="kyma-flow-chains">
      {flows.map((flow) => (
        <ol key={`${flow.namespace}/${flow.name}`} aria-label={`Flow of ${flow.name}`}>
          <li>
            <span className="kyma-subtle">Source</span>{" "}
            {flow.anySource ? anySource : flow.source || anySource}
          </li>
          {flow.types.map(({ type, rate }) => (
            <li key={type}>
              <span className="kyma-subtle">Type</span> {type}{" "}
              <span className="kyma-subtle">{rateText(rate)}</span>
            </li>
          ))}
          <li className={flow.ready ? undefined : "kyma-flow-node-broken"}>
            <span className="kyma-subtle">Subscription</span>{" "}
            <Link to="/namespaces/$ns/subscriptions/$name" params={{ ns: flow.namespace, name: flow.name }}>
              {flow.name}
            </Link>{" "}
            <span className="kyma-subtle">
              {flow.ready ? rateText(sumOf(flow.types.map((type) => type.rate))) : "not ready"}
            </span>
          </li>
          <li>
            <span className="kyma-subtle">Sink</span> {sinkName(flow.sink, flow.namespace)}
          </li>
        </ol>
      ))}
    </div>
  );
}
