import { indentJson, memberTexts } from "#ui/json-text.ts";
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

/** An event in JSON (which may lack its id), or why there is none. Texts, so that numbers keep all the digits that were typed. */
export type EventReading = { text: string } | { fault: string };

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
  const filled = (name: string, value: string) => (value.trim() === "" ? {} : { [name]: value.trim() });
  const attributes = {
    specversion: "1.0",
    ...filled("id", form.id),
    source: form.source.trim(),
    type: form.type.trim(),
    ...filled("subject", form.subject),
    ...extensions.attributes,
    ...(data.text === undefined ? {} : filled("datacontenttype", form.contentType)),
  };
  return {
    text: withMembers(JSON.stringify(attributes), data.text === undefined ? [] : [["data", data.text]]),
  };
}

/** The data as JSON text; undefined when there is none. */
function dataOf({ contentType, data }: EventForm): { text: string | undefined } | { fault: string } {
  if (data.trim() === "") return { text: undefined };
  const type = contentType.trim();
  if (!isJson(type)) return { text: JSON.stringify(data) };
  return parseJson(data) === undefined
    ? { fault: `The data is not the JSON that ${type || "the content type"} promises.` }
    : { text: data.trim() };
}

function isJson(contentType: string): boolean {
  const [type = ""] = contentType.split(";");
  return /^(|(application|text)\/json|.*\+json)$/.test(type.trim().toLowerCase());
}

function extensionsOf(lines: string): { attributes: Record<string, string> } | { fault: string } {
  const attributes: Record<string, string> = {};
  for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
    const [, name = "", value = ""] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === "") return { fault: `"${line.trim()}" is no attribute: write name: value.` };
    attributes[name] = value;
  }
  return { attributes };
}

/** The JSON of an object with members added at its end. */
function withMembers(object: string, members: readonly (readonly [name: string, text: string])[]): string {
  const added = members.map(([name, text]) => `,${JSON.stringify(name)}:${text}`).join("");
  return `${object.trim().slice(0, -1)}${added}}`;
}

/** The event of a JSON text. Pure. */
export function eventOfJson(text: string): EventReading {
  const event = parseJson(text);
  const isObject = typeof event === "object" && event !== null && !Array.isArray(event);
  return isObject && Object.keys(event).length > 0 ? { text } : { fault: "This is no JSON object." };
}

/** The form that shows an event (JSON). Binary data cannot be shown; its event stays JSON. Pure. */
export function formOf(event: string): EventForm | undefined {
  const members = memberTexts(event);
  if (members.has("data_base64")) return undefined;
  const value = (name: string) => scalarText(parseJson(members.get(name)));
  const contentType = value("datacontenttype");
  const extensions = [...members.keys()].filter((name) => !ownAttributes.has(name));
  return {
    id: value("id"),
    source: value("source"),
    type: value("type"),
    subject: value("subject"),
    contentType,
    data: shownData(members.get("data"), contentType),
    extensions: extensions.map((name) => `${name}: ${value(name)}`).join("\n"),
  };
}

function shownData(text: string | undefined, contentType: string): string {
  if (text === undefined) return "";
  const data = parseJson(text);
  return typeof data === "string" && !isJson(contentType) ? data : indentJson(text);
}

function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** What names an event. */
export interface EventNames {
  id: string;
  source: string;
  type: string;
}

/** The event as it is sent: with an id of its own, and the time unless it has one. Pure. */
export function readyToSend(event: string, id: string, now: string): { text: string; names: EventNames } {
  const members = memberTexts(event);
  const missing = [
    ["id", id],
    ["time", now],
  ].filter(([name = ""]) => !members.has(name));
  const text = withMembers(
    event,
    missing.map(([name = "", value]) => [name, JSON.stringify(value)]),
  );
  const value = (name: string) => scalarText(parseJson(memberTexts(text).get(name)));
  return { text, names: { id: value("id"), source: value("source"), type: value("type") } };
}

/** A command that publishes the event (JSON) from inside the cluster. Pure. */
export function curlCommand(event: string): string {
  return [
    "curl -i http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish",
    "-H 'content-type: application/cloudevents+json'",
    `--data-raw '${event.replaceAll("'", `'\\''`)}'`,
  ].join(" \\\n  ");
}
