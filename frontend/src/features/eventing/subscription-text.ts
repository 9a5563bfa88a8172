import { isScalar, parseDocument } from "yaml";

/** What the form shows of a Subscription's YAML; whatever is not there is empty. */
export interface SubscriptionFields {
  name: string;
  namespace: string;
  source: string;
  types: string[];
  matching: "standard" | "exact";
  sink: string;
  config: Readonly<Record<string, string>>;
}

type Path = readonly (string | number)[];

/** The fields of a text, or why it cannot be shown in a form. Pure. */
export function readFields(
  text: string,
): { fields: SubscriptionFields; object: unknown } | { fault: string } {
  const reading = readYaml(text);
  if ("fault" in reading) return reading;
  const { object } = reading;
  if (!isMap(object)) return { fault: "The YAML holds no object." };
  const { metadata, spec } = object;
  const meta = isMap(metadata) ? metadata : {};
  const { source, types, typeMatching, sink, config } = isMap(spec) ? spec : {};
  return {
    object,
    fields: {
      name: textOf(meta["name"]),
      namespace: textOf(meta["namespace"]),
      source: textOf(source),
      types: Array.isArray(types) ? types.map(textOf) : [],
      matching: typeMatching === "exact" ? "exact" : "standard",
      sink: textOf(sink),
      config: isMap(config)
        ? Object.fromEntries(Object.entries(config).map(([key, value]) => [key, textOf(value)]))
        : {},
    },
  };
}

function readYaml(text: string): { object: unknown } | { fault: string } {
  const fault = (message: string) => ({ fault: `The YAML cannot be read: ${message.split("\n")[0]}` });
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return fault(error.message);
  try {
    return { object: document.toJS() };
  } catch (thrown) {
    // Aliases are looked up only now: "*.created" is one without quotes.
    return fault(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** The text with one field changed, or removed with what only held it; comments and all else stay. Pure. */
export function withField(text: string, path: Path, value: string | string[] | undefined): string {
  const document = parseDocument(text);
  if (value === undefined) document.deleteIn(path);
  else if (Array.isArray(value)) document.setIn(path, document.createNode(value));
  else {
    const node = document.getIn(path, true);
    if (isScalar(node)) node.value = value;
    else document.setIn(path, value);
  }
  // An alias that has lost its anchor is told as a fault of the text.
  return document.toString({ lineWidth: 0, verifyAliasOrder: false });
}

/** What a new Subscription begins with. */
export interface SubscriptionStart {
  namespace: string;
  name?: string | undefined;
  sink?: string | undefined;
  source?: string | undefined;
  type?: string | undefined;
}

/** The YAML of a new Subscription. Pure. */
export function newSubscription({ namespace, name, sink, source, type }: SubscriptionStart): string {
  const quoted = (value: string | undefined) => JSON.stringify(value ?? "");
  return `apiVersion: eventing.kyma-project.io/v1alpha2
kind: Subscription
metadata:
  name: ${quoted(name)}
  namespace: ${namespace}
spec:
  sink: ${quoted(sink)}
  source: ${quoted(source)}
  types:
    - ${quoted(type)}
  typeMatching: standard
  config:
    maxInFlightMessages: "10"
`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
