import { InvalidEventError, readEvents, type CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { cleanLegacyType, cleanSource, cleanType, isLegacyType } from "@kyma/eventing/subjects.ts";
import { badInput } from "../graphql/errors.ts";
import { asSentence } from "./problems.ts";

/** As FieldProblem in the SDL. */
export interface FieldProblem {
  field: string;
  message: string;
  /** False: it is worth knowing, and can be done all the same. */
  blocks: boolean;
}

export const structuredType = "application/cloudevents+json";
/** As much as the publisher takes. */
const mostBytes = 65_536;
const required = ["specversion", "id", "source", "type"];
/** One that nothing is wrong with: each attribute is tried in it alone, so that each gets its own sentence. */
const sound = { specversion: "1.0", id: "1", source: "/", type: "a" };

interface Fault {
  field: string;
  message: string;
}

/** What the publisher would say against an event in JSON, attribute by attribute; "" stands for the event as a whole. Pure. */
export function eventProblems(text: string): FieldProblem[] {
  return faultsOf(text).map((fault) => ({ ...fault, blocks: true }));
}

function faultsOf(text: string): Fault[] {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return [{ field: "", message: "This is no JSON." }];
  }
  if (typeof event !== "object" || event === null || Array.isArray(event))
    return [{ field: "", message: "A CloudEvent is a JSON object." }];
  const attributes = event as Record<string, unknown>;
  const names = new Set([...required, ...Object.keys(attributes)]);
  names.delete("data");
  const single = [...names].flatMap((field) => {
    const problem = refusal({ ...sound, [field]: attributes[field] });
    return problem === undefined ? [] : [{ field, message: problem }];
  });
  if (single.length > 0) return single;
  const whole = refusalOf(Buffer.from(text));
  if (whole !== undefined) return [{ field: "", message: whole }];
  return [...subjectProblems(attributes as CloudEvent), ...sizeProblems(text)];
}

function refusal(event: Record<string, unknown>): string | undefined {
  return refusalOf(Buffer.from(JSON.stringify(event)));
}

function refusalOf(body: Buffer): string | undefined {
  try {
    readEvents({ headers: { "content-type": structuredType }, body });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    return asSentence(error.message);
  }
}

/** What is left of source and type once the characters are gone that mean something to the stream. */
function subjectProblems({ source, type }: CloudEvent): Fault[] {
  if (isLegacyType(type))
    return cleanLegacyType(type) === undefined
      ? [{ field: "type", message: "A type that begins with sap.kyma.custom needs four segments behind it." }]
      : [];
  const problems: Fault[] = [];
  if (cleanSource(source) === "")
    problems.push({ field: "source", message: `Nothing of "${source}" is left for the stream to go by.` });
  if (cleanType(type).split(".").includes(""))
    problems.push({
      field: "type",
      message: `"${type}" has an empty segment: write words with single dots between.`,
    });
  return problems;
}

function sizeProblems(text: string): Fault[] {
  const size = Buffer.byteLength(text);
  if (size <= mostBytes) return [];
  return [
    {
      field: "data",
      message: `The event has ${size} bytes; the publisher takes ${mostBytes}.`,
    },
  ];
}

/** The event that somebody wants to send, in JSON; BAD_INPUT when the publisher would not take it. */
export function soundEvent(text: string): string {
  const [problem] = eventProblems(text);
  if (problem) throw badInput(problem.message);
  return text;
}
