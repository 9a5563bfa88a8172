import { indentJson, memberTexts } from "#ui/json-text.ts";
import { parseJson } from "#ui/parse-json.ts";

/** The form of a test event; what is empty is left out. */
export interface EventForm {
  /** Empty: a new one for each event that is sent. */
  id: string;
  source: string;
  type: string;
  subject: string;
  /** RFC 3339; empty: when it is sent. */
  time: string;
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
  time: "",
  contentType: "application/json",
  data: '{\n  "orderCode": "3211213"\n}',
  extensions: "",
};

/** What is wrong with an input, and in which part of it. */
export interface EventFault {
  fault: string;
  part: "data" | "extensions" | "json";
}

/** An event in JSON (which may lack its id), or why there is none. Texts, so that numbers keep all the digits that were typed. */
export type EventReading = { text: string } | EventFault;

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
    ...filled("time", form.time),
    ...extensions.attributes,
    ...(data.text === undefined ? {} : filled("datacontenttype", form.contentType)),
  };
  return {
    text: withMembers(JSON.stringify(attributes), data.text === undefined ? [] : [["data", data.text]]),
  };
}

/** The data as JSON text; undefined when there is none. */
function dataOf({ contentType, data }: EventForm): { text: string | undefined } | EventFault {
  if (data.trim() === "") return { text: undefined };
  const type = contentType.trim();
  if (!isJson(type)) return { text: JSON.stringify(data) };
  return parseJson(data) === undefined
    ? { part: "data", fault: `The data is not the JSON that ${type || "the content type"} promises.` }
    : { text: data.trim() };
}

function isJson(contentType: string): boolean {
  const [type = ""] = contentType.split(";");
  return /^(|(application|text)\/json|.*\+json)$/.test(type.trim().toLowerCase());
}

function extensionsOf(lines: string): { attributes: Record<string, string> } | EventFault {
  const fault = (sentence: string): EventFault => ({ part: "extensions", fault: sentence });
  const attributes: Record<string, string> = {};
  for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
    const [, name = "", value = ""] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === "") return fault(`"${line.trim()}" is no attribute: write name: value.`);
    if (ownAttributes.has(name)) return fault(`"${name}" is no extension: it has a place of its own.`);
    if (Object.hasOwn(attributes, name)) return fault(`"${name}" is there twice: leave one of them.`);
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
  return isObject && Object.keys(event).length > 0
    ? { text }
    : { part: "json", fault: "This is no JSON object." };
}

/** The form that shows an event (JSON), or which of its members no form can show: binary data, and what it would write in another way. Pure. */
export function formOf(event: string): { form: EventForm } | { unshown: string[] } {
  const form = shownForm(event);
  const again = eventOf(form);
  const kept = memberTexts("text" in again ? again.text : "{}");
  if (form.data === "") kept.set("datacontenttype", JSON.stringify(form.contentType));
  const unshown = [...memberTexts(event)].filter(([name, text]) => !isKept(text, kept.get(name)));
  return unshown.length === 0 ? { form } : { unshown: unshown.map(([name]) => name) };
}

/** Is what was written still there? An empty text says as much as none. */
function isKept(text: string, kept: string | undefined): boolean {
  const value = parseJson(text);
  if (kept === undefined) return value === "" || value === null;
  return indentJson(text) === indentJson(kept) || (typeof value === "string" && value === parseJson(kept));
}

function shownForm(event: string): EventForm {
  const members = memberTexts(event);
  const value = (name: string) => scalarText(parseJson(members.get(name)));
  const contentType = value("datacontenttype");
  const extensions = [...members.keys()].filter((name) => !ownAttributes.has(name));
  return {
    id: value("id"),
    source: value("source"),
    type: value("type"),
    subject: value("subject"),
    time: value("time"),
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

/** A test event as it is typed. */
export interface EventInput {
  form: EventForm;
  /** JSON text; undefined while the form is shown. */
  json: string | undefined;
}

/** An input as it was kept as text; members that are not there begin as they do in a new one. Pure. */
export function inputOf(text: string): EventInput {
  const { form, json } = (parseJson(text) ?? {}) as { form?: Partial<EventForm>; json?: string };
  return { form: { ...emptyEvent, ...form }, json };
}

/** The event of an input, in whichever way it is written. Pure. */
export function eventOfInput({ form, json }: EventInput): EventReading {
  return json === undefined ? eventOf(form) : eventOfJson(json);
}

/** The same event in the other way, or a sentence why that would lose something that was typed. Pure. */
export function otherWay(input: EventInput): EventInput | string {
  const { form, json } = input;
  const reading = eventOfInput(input);
  if (json === undefined)
    return "text" in reading
      ? { form, json: indentJson(reading.text) }
      : `This cannot be shown as JSON yet. ${reading.fault}`;
  const before = eventOf(form);
  if ("text" in before && indentJson(before.text) === json) return { form, json: undefined };
  if ("fault" in reading) return `The form cannot show this event yet. ${reading.fault}`;
  const shown = formOf(reading.text);
  return "form" in shown
    ? { form: shown.form, json: undefined }
    : `The form cannot show ${shown.unshown.join(", ")} as written here; change that, or stay with JSON.`;
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
