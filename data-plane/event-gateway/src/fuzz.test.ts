import { contentModeOf, type HttpContent, InvalidEventError } from "@kyma/eventing/cloud-event.ts";
import type { MsgHdrsImpl } from "@nats-io/transport-node";
import { describe, expect, test } from "vitest";
import { Refusal } from "./answer.ts";
import { legacyMessages, readLegacyEvent } from "./legacy.ts";
import { readMessages } from "./publish.ts";

/** A small generator, so that a failure can be had again. Source: mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const event = `{"specversion":"1.0","id":"1","source":"/shop","type":"order.created.v1","time":"2026-01-31T12:00:00Z","datacontenttype":"application/json","data":{"a":[1,"x",null]}}`;
const legacy = `{"event-type":"order.created","event-type-version":"v1","event-time":"2020-04-02T21:37:00Z","data":{"a":[1]}}`;
const pieces = [
  `{`,
  `}`,
  `[`,
  `]`,
  `"`,
  `\\`,
  `\\u0000`,
  `\\ud800`,
  `,`,
  `:`,
  `null`,
  `1e999`,
  `"__proto__"`,
  `"data"`,
  `"type":">"`,
  `%0d%0a`,
  `%`,
  "\u0000",
  "é",
  "\r\n",
];

const values: unknown[] = [
  ">",
  "*",
  "a.*.b",
  "a..b",
  ".a",
  "a.",
  "",
  " ",
  "a b",
  "\r\nPUB x 1",
  "\u0000",
  "\u00a0",
  "\u2028",
  "\ud800",
  "é😀",
  "x".repeat(1025),
  "sap.kyma.custom.",
  "sap.kyma.custom.>.*.created.v1",
  "$JS.API.>",
  null,
  0,
  -1,
  true,
  {},
  [">"],
  "%2e",
];

/** Another value somewhere in an object. */
function withOther(object: string, random: (below: number) => number): string {
  const fields = JSON.parse(object) as Record<string, unknown>;
  const names = [...Object.keys(fields), "originaltype", "traceparent", "constructor"];
  fields[names[random(names.length)] ?? ""] = values[random(values.length)];
  return JSON.stringify(fields);
}

/** Half of the time an object with another value, else other bytes. */
function mutateObject(object: string, random: (below: number) => number): Buffer {
  return random(2) === 0 ? Buffer.from(withOther(object, random)) : mutate(object, random);
}

function mutate(text: string, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(text);
  for (let count = random(4); count >= 0; count--) {
    const at = random(bytes.length + 1);
    const until = random(3) === 0 ? at + random(20) : at;
    const piece =
      random(4) === 0 ? Buffer.from([random(256)]) : Buffer.from(pieces[random(pieces.length)] ?? "");
    bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(until)]);
  }
  return bytes;
}

/** Neither anything but a refusal that blames the sender, nor a message that NATS would trip over. */
function expectTaken(make: () => ReturnType<typeof readMessages>): "made" | "refused" {
  try {
    for (const { subject, headers, body } of make()) {
      const isSafe = /^kyma(\.[^\s.*>]+)+$/u.test(subject) && headerText(headers).split("\r\n").length <= 9;
      const { specversion } = JSON.parse(body) as { specversion: string };
      if (!isSafe || specversion !== "1.0")
        throw new Error(`not safe: ${subject} ${headerText(headers)} ${body}`);
    }
    return "made";
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof InvalidEventError)) throw error;
    if (error instanceof Refusal && error.status !== 400) throw error;
    return "refused";
  }
}

/** As NATS sees them. */
function headerText(headers: ReturnType<typeof readMessages>[number]["headers"]): string {
  return new TextDecoder().decode((headers as MsgHdrsImpl).encode());
}

const nameOf = (source: string): string => source;
const rounds = 1000;

describe.each([1, 2, 3])("random changes, seed %i,", (seed) => {
  test("to structured and batched events", () => {
    const random = randomFrom(seed);
    const seen = { made: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const isBatch = random(3) === 0;
      const headers = { "content-type": `application/cloudevents${isBatch ? "-batch" : ""}+json` };
      const body = isBatch
        ? mutate(`[${event},${withOther(event, random)}]`, random)
        : mutateObject(event, random);
      seen[expectTaken(() => readMessages({ headers, body }, nameOf))]++;
    }
    expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(rounds / 100);
  });

  test("to headers and bodies of binary events", () => {
    const random = randomFrom(seed);
    const seen = { made: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const headers: Record<string, string> = {
        "content-type": ["application/json", "text/plain", "image/png"][random(3)] ?? "",
      };
      for (const [name, value] of Object.entries(
        JSON.parse(withOther(event, random)) as Record<string, unknown>,
      )) {
        if (name === "data") continue;
        const [header, text] = [`ce-${name}`, encodeURIComponent(String(value).toWellFormed())];
        headers[random(20) === 0 ? mutate(header, random).toString("latin1").toLowerCase() : header] =
          random(8) === 0 ? mutate(text, random).toString("latin1") : text;
      }
      const content: HttpContent = { headers, body: mutate(`{"a":1}`, random) };
      if (contentModeOf(headers) === "binary") seen[expectTaken(() => readMessages(content, nameOf))]++;
    }
    expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(rounds / 100);
  });

  test("to events of the older API", () => {
    const random = randomFrom(seed);
    const seen = { made: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const body = mutateObject(legacy, random);
      const application = random(5) === 0 ? mutate("shop", random).toString("latin1") : "shop";
      seen[expectTaken(() => legacyMessages(readLegacyEvent(body), application, nameOf, () => undefined))]++;
    }
    expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(rounds / 100);
  });
});
