import { InvalidEventError, readEvents } from "./cloud-event.ts";
import { type DeliveryConfig, type FieldProblem, readDeliveryConfig } from "./delivery-config.ts";
import { readSink, type Sink } from "./sink.ts";
import {
  cleanSource,
  consumerName,
  isUsableSubject,
  legacyTypePrefix,
  matchedType,
  subjectOf,
  type TypeMatching,
} from "./subjects.ts";

/** What a valid Subscription asks for. */
export interface WantedDelivery {
  sink: Sink;
  /** Of config.deadLetterSink. */
  deadLetterSink: Sink | undefined;
  config: DeliveryConfig;
  /** In the order of the spec. Types that differ only in what is cleaned away share a subject and a consumer. */
  types: readonly SubscribedType[];
}

export interface SubscribedType {
  /** As the spec has it. */
  originalType: string;
  cleanType: string;
  subject: string;
  consumerName: string;
}

/** Each type costs a consumer. */
const mostTypes = 100;
const longestText = 1024;

/**
 * What the spec of a Subscription asks for, or everything that is wrong with it. Takes any JSON, since an object may be older than today's
 * schema. Does not look whether the Service behind the sink exists. `allowedHosts` as in SinkRules. Pure.
 */
export function readSubscription(
  key: { namespace: string; name: string },
  spec: unknown,
  allowedHosts: readonly string[],
): WantedDelivery | { problems: readonly FieldProblem[] } {
  const problems = shapeProblems(spec);
  if (problems.length > 0) return { problems };
  const { sink, source, types, typeMatching, config } = spec as SpecShape;
  const matching = typeMatching ?? "standard";
  if (matching !== "standard" && matching !== "exact")
    problems.push({
      field: "typeMatching",
      message: `typeMatching "${shorten(matching)}" must be standard or exact`,
    });
  problems.push(...sourceProblems(source, matching), ...typesProblems(types, matching));
  const rules = { namespace: key.namespace, allowedHosts };
  const target = readSink(sink, rules);
  if ("problem" in target) problems.push({ field: "sink", message: target.problem });
  const delivery = readDeliveryConfig(config);
  problems.push(...delivery.problems);
  const field = "config.deadLetterSink";
  const parking = delivery.config.deadLetterSink;
  const deadLetterSink = parking === undefined ? undefined : readSink(parking, rules, field);
  if (deadLetterSink && "problem" in deadLetterSink)
    problems.push({ field, message: deadLetterSink.problem });
  if (problems.length > 0) return { problems };
  return {
    sink: target as Sink,
    deadLetterSink: deadLetterSink as Sink | undefined,
    config: delivery.config,
    types: types.map((type) => subscribedType(key, source, type, matching as TypeMatching)),
  };
}

interface SpecShape {
  sink: string;
  source: string;
  types: string[];
  typeMatching?: string;
  config?: Record<string, string>;
}

/** What is not of the kind of value that the schema asks for. */
function shapeProblems(spec: unknown): FieldProblem[] {
  if (!isMap(spec)) return [{ field: "", message: "spec must be an object with sink, source and types" }];
  const problems: FieldProblem[] = [];
  const refuse = (field: string, what: string): void => {
    problems.push({ field, message: `${field} must be ${what}` });
  };
  for (const field of ["sink", "source"]) if (typeof spec[field] !== "string") refuse(field, "text");
  const { types, typeMatching, config } = spec;
  if (!Array.isArray(types) || !types.every((type) => typeof type === "string"))
    refuse("types", "a list of texts, such as [order.created.v1]");
  if (!isAbsent(typeMatching) && typeof typeMatching !== "string")
    refuse("typeMatching", "standard or exact");
  const isTextMap = isMap(config) && Object.values(config).every((value) => typeof value === "string");
  if (!isAbsent(config) && !isTextMap) refuse("config", 'a map of texts, such as maxInFlightMessages: "10"');
  return problems;
}

function sourceProblems(source: string, matching: string): FieldProblem[] {
  const refuse = (what: string): FieldProblem[] => [{ field: "source", message: `source ${what}` }];
  const quoted = `"${shorten(source)}"`;
  if (source === "")
    return matching === "exact" ? [] : refuse("is empty; write where the events come from, such as shop");
  if (source.length > longestText) return refuse(`${quoted} must have at most ${longestText} characters`);
  if (refusal({ source }) !== undefined)
    return refuse(`${quoted} must be a URI reference, such as shop or /shop/orders`);
  if (matching !== "exact" && cleanSource(source) === "")
    return refuse(`${quoted} has nothing left without dots, slashes and stars`);
  return [];
}

function typesProblems(types: readonly string[], matching: string): FieldProblem[] {
  const refuse = (message: string): FieldProblem[] => [{ field: "types", message }];
  if (types.length === 0) return refuse("types is empty; name at least one, such as order.created.v1");
  if (types.length > mostTypes)
    return refuse(`types has ${types.length} entries; at most ${mostTypes} are possible`);
  return types.flatMap((type, index) => {
    const first = types.indexOf(type);
    const field = `types[${index}]`;
    const problem = first < index ? `is types[${first}] again; name it once` : typeProblem(type, matching);
    return problem === undefined ? [] : [{ field, message: `${field} "${shorten(type)}" ${problem}` }];
  });
}

function typeProblem(type: string, matching: string): string | undefined {
  if (type === "") return "is empty; write a type such as order.created.v1, or remove it";
  if (type.length > longestText) return `must have at most ${longestText} characters`;
  if (refusal({ type }) !== undefined) return "must not hold control characters";
  if (matching === "exact" && !isUsableSubject(matchedType(type, "exact").replaceAll(".", "")))
    return "must not hold white space, * or >, since exact types are taken as they stand";
  if (matching !== "exact" && type.startsWith(legacyTypePrefix))
    return `begins with ${legacyTypePrefix}, which only typeMatching exact takes`;
  const segments = matchedType(type, matching as TypeMatching).split(".");
  if (segments.length < 2)
    return "must have at least two segments with dots between, such as order.created.v1";
  if (segments.includes("")) return "has an empty segment; write words with single dots between";
  return undefined;
}

/** What publishers would be told if an event had this attribute. */
function refusal(attribute: Record<string, string>): string | undefined {
  const event = { specversion: "1.0", id: "1", source: "/", type: "a", ...attribute };
  try {
    const headers = { "content-type": "application/cloudevents+json" };
    readEvents({ headers, body: Buffer.from(JSON.stringify(event)) });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidEventError) return error.message;
    throw error;
  }
}

function subscribedType(
  key: { namespace: string; name: string },
  source: string,
  type: string,
  matching: TypeMatching,
): SubscribedType {
  const subject = subjectOf(source, type, matching);
  return {
    originalType: type,
    cleanType: matchedType(type, matching),
    subject,
    consumerName: consumerName(key, subject),
  };
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
