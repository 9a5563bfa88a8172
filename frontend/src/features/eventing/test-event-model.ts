import { parseJson } from "#ui/parse-json.ts";

/** The form of a test event; what is empty is left out. */
export interface EventForm {
  /** Empty: a new one for each event that is sent. */
  id: string;
  source: string;
  type: string;
  subject: string;
  contentType: string;
  data: string;
  /** Lines of "name: value". */
  extensions: string;
}

export const emptyEvent: EventForm = {
  id: "",
  source: "",
  type: "",
  subject: "",
  contentType: "application/json",
  data: '{\n  "orderCode": "3211213"\n}',
  extensions: "",
};

type Event = Record<string, unknown>;
export type EventReading = { event: Event } | { fault: string };

const ownAttributes = new Set([
  "specversion",
  "id",
  "source",
  "type",
  "subject",
  "datacontenttype",
  "data",
  "data_base64",
  "time",
]);

/** The CloudEvent that the form says, without its id when that is to be made. Pure. */
export function eventOf(form: EventForm): EventReading {
  const data = dataOf(form);
  if ("fault" in data) return data;
  const extensions = extensionsOf(form.extensions);
  if ("fault" in extensions) return extensions;
  const event: Event = {
    specversion: "1.0",
    ...(form.id.trim() === "" ? {} : { id: form.id.trim() }),
    source: form.source.trim(),
    type: form.type.trim(),
    ...(form.subject.trim() === "" ? {} : { subject: form.subject.trim() }),
    ...extensions.attributes,
    ...data.part,
  };
  return { event };
}

function dataOf({ contentType, data }: EventForm): { part: Event } | { fault: string } {
  if (data.trim() === "") return { part: {} };
  const type = contentType.trim();
  const named = type === "" ? {} : { datacontenttype: type };
  if (!isJson(type)) return { part: { ...named, data } };
  const value = parseJson(data);
  return value === undefined
    ? { fault: `The data is not the JSON that ${type || "the content type"} promises.` }
    : { part: { ...named, data: value } };
}

function isJson(contentType: string): boolean {
  const [type = ""] = contentType.split(";");
  return /^(|(application|text)\/json|.*\+json)$/.test(type.trim().toLowerCase());
}

function extensionsOf(lines: string): { attributes: Event } | { fault: string } {
  const attributes: Event = {};
  for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
    const [, name = "", value = ""] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === "") return { fault: `"${line.trim()}" is no attribute: write name: value.` };
    attributes[name] = value;
  }
  return { attributes };
}

/** The event of a JSON text. Pure. */
export function eventOfJson(text: string): EventReading {
  const event = parseJson(text);
  if (typeof event !== "object" || event === null || Array.isArray(event))
    return { fault: "This is no JSON object." };
  return { event: event as Event };
}

/** The form that shows an event. Binary data cannot be shown; its event stays JSON. Pure. */
export function formOf(event: Event): EventForm | undefined {
  if (event["data_base64"] !== undefined) return undefined;
  const text = (name: string) => scalarText(event[name]);
  const { data } = event;
  const contentType = text("datacontenttype");
  const extensions = Object.entries(event).filter(([name]) => !ownAttributes.has(name));
  return {
    id: text("id"),
    source: text("source"),
    type: text("type"),
    subject: text("subject"),
    contentType,
    data: data === undefined ? "" : typeof data === "string" && !isJson(contentType) ? data : jsonText(data),
    extensions: extensions.map(([name, value]) => `${name}: ${scalarText(value)}`).join("\n"),
  };
}

function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** The event as JSON text for people. Pure. */
export function eventText(event: unknown): string {
  return jsonText(event);
}

/** The event as it is sent: with an id of its own, and the time unless it has one. */
export function readyToSend(event: Event, id: string, now: string): Event & EventNames {
  const { specversion, source, type, ...rest } = event;
  return {
    specversion,
    id: typeof event["id"] === "string" && event["id"] !== "" ? event["id"] : id,
    source: scalarText(source),
    type: scalarText(type),
    time: now,
    ...withoutId(rest),
  };
}

/** What names an event. */
export interface EventNames {
  id: string;
  source: string;
  type: string;
}

function withoutId({ id: _id, ...rest }: Event): Event {
  return rest;
}

/** A command that publishes the event from inside the cluster. Pure. */
export function curlCommand(event: unknown): string {
  const quoted = JSON.stringify(event).replaceAll("'", `'\\''`);
  return [
    "curl -i http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish",
    "-H 'content-type: application/cloudevents+json'",
    `--data-raw '${quoted}'`,
  ].join(" \\\n  ");
}
