import { readEvents, toBinary, toStructured, type HttpContent } from "@kyma/eventing/cloud-event.ts";
import { HTTP } from "cloudevents";
import type { BenchResult } from "./result.ts";
import { median } from "./statistics.ts";

const rounds = 15;
const roundMs = 200;

/** What a request holds as a server gets it: the body is bytes. */
interface Exchange {
  name: string;
  content: HttpContent;
  ours: () => unknown;
  theirs: () => unknown;
}

const attributes = {
  specversion: "1.0",
  id: "a1b2c3d4-0001",
  source: "shop",
  type: "order.created.v1",
  time: "2026-01-31T12:00:00Z",
  subject: "order/7",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
};
const data = {
  order: { id: 7, items: Array.from({ length: 20 }, (_, id) => ({ id, name: `item ${id}`, price: 9.5 })) },
};

function exchanges(): Exchange[] {
  const binary: HttpContent = {
    headers: {
      "content-type": "application/json",
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
    },
    body: Buffer.from(JSON.stringify(data)),
  };
  const structured: HttpContent = {
    headers: { "content-type": "application/cloudevents+json" },
    body: Buffer.from(JSON.stringify({ ...attributes, datacontenttype: "application/json", data })),
  };
  return [
    {
      name: "binary in, structured out (publisher)",
      content: binary,
      ours: () => toStructured(oneOf(readEvents(binary))),
      theirs: () => HTTP.structured(oneOf(theirEvents(binary))),
    },
    {
      name: "structured in, binary out (dispatcher)",
      content: structured,
      ours: () => toBinary(oneOf(readEvents(structured))),
      theirs: () => HTTP.binary(oneOf(theirEvents(structured))),
    },
  ];
}

/** Checked in its constructor. */
function theirEvents({ headers, body }: HttpContent): ReturnType<typeof HTTP.toEvent<unknown>> {
  return HTTP.toEvent({ headers: { ...headers }, body: body.toString() });
}

function oneOf<T>(events: T | readonly T[]): T {
  const [only] = [events].flat() as T[];
  if (only === undefined) throw new Error("there is no event");
  return only;
}

/** Parsing, checking and writing one event, against the package of the CloudEvents project. */
export function codecCosts(): BenchResult[] {
  return exchanges().map(({ name, content, ours, theirs }) => {
    const rates: { ours: number; theirs: number }[] = [];
    for (let round = 0; round < rounds; round++) rates.push({ ours: rateOf(ours), theirs: rateOf(theirs) });
    const steady = rates.slice(2);
    return {
      name: `CloudEvent, ${name}`,
      value: median(steady.map((rate) => rate.ours)),
      unit: "events/s",
      ratio: median(steady.map((rate) => rate.ours / rate.theirs)),
      peer: `cloudevents: ${Math.round(median(steady.map((rate) => rate.theirs)))}/s`,
      gate: "ratio ≥ 1",
      note: `${content.body.length} bytes of body; one thread; median of ${steady.length}`,
    };
  });
}

function rateOf(work: () => unknown): number {
  const began = performance.now();
  let count = 0;
  let now = began;
  while (now - began < roundMs) {
    for (let time = 0; time < 100; time++) work();
    count += 100;
    now = performance.now();
  }
  return (count * 1000) / (now - began);
}
