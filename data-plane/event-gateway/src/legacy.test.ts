import { describe, expect, test } from "vitest";
import { Refusal } from "./answer.ts";
import { legacyAnswer, legacyMessages, readLegacyEvent } from "./legacy.ts";

const event = {
  "event-type": "order.created",
  "event-type-version": "v1",
  "event-id": "8945ec08-256b-11eb-9928-acde48001122",
  "event-time": "2020-04-02T21:37:00Z",
  data: { id: 7 },
};
const nameOf = (source: string): string => (source === "my-app" ? "Store_1" : source);
const messagesOf = (value: unknown, application = "shop") =>
  legacyMessages(
    readLegacyEvent(Buffer.from(typeof value === "string" ? value : JSON.stringify(value))),
    application,
    nameOf,
    () => undefined,
  );
const refused = (value: unknown, application?: string): unknown => {
  try {
    messagesOf(value, application);
  } catch (error) {
    const { status, body } = legacyAnswer(error as Refusal);
    return { answered: status, ...(JSON.parse(body ?? "") as object) };
  }
  throw new Error("it was not refused");
};

describe("an event of the older API", () => {
  test("is published as any other and under the older naming", () => {
    const [standard, exact] = messagesOf(
      `{"data":{"id":1.0},${JSON.stringify({ ...event, data: undefined }).slice(1)}`,
    );
    expect(standard?.subject).toBe("kyma.shop.order.created.v1");
    expect(JSON.parse(standard?.body ?? "")).toEqual({
      specversion: "1.0",
      id: event["event-id"],
      source: "shop",
      type: "kyma.shop.order.created.v1",
      originaltype: "order.created.v1",
      time: event["event-time"],
      datacontenttype: "application/json",
      eventtypeversion: "v1",
      data: { id: 1 },
    });
    expect(standard?.body).toContain(`"data":{"id":1.0}`);
    expect(exact?.subject).toBe("kyma.sap.kyma.custom.shop.order.created.v1");
    expect(JSON.parse(exact?.body ?? "")).toMatchObject({
      source: "kyma",
      type: "sap.kyma.custom.shop.order.created.v1",
    });
  });

  test("takes the name of its Application, and one object of several segments", () => {
    const subjects = messagesOf({ ...event, "event-type": "Account.Order-Item.Created" }, "my-app").map(
      ({ subject }) => subject,
    );
    expect(subjects).toEqual([
      "kyma.Store_1.Account.Order-Item.Created.v1",
      "kyma.sap.kyma.custom.Store1.AccountOrderItem.Created.v1",
    ]);
  });

  test("is published once when the older naming has no name for it", () => {
    expect(messagesOf({ ...event, "event-type": "---" }).map(({ subject }) => subject)).toEqual([
      "kyma.shop.---.v1",
    ]);
  });

  test("gets an id where it has none", () => {
    const [one, two] = [0, 1].map(
      () => readLegacyEvent(Buffer.from(JSON.stringify({ ...event, "event-id": "" }))).id,
    );
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(one).not.toBe(two);
  });
});

describe("what Kyma answers", () => {
  test.each([
    ["event-type", undefined, "missing"],
    ["event-type-version", "", "missing"],
    ["event-type-version", "v1.1", "invalid"],
    ["event-time", null, "missing"],
    ["event-time", "2020-04-02", "invalid"],
    ["event-id", "7", "invalid"],
    ["data", "", "missing"],
    ["data", undefined, "missing"],
  ])("when %s is %j: it is %s", (field, value, problem) => {
    const message = problem === "missing" ? "Missing field" : "Invalid field";
    expect(refused({ ...event, [field]: value })).toEqual({
      answered: 400,
      status: 400,
      type: "validation_violation",
      message,
      details: [{ field, type: `${problem}_field`, message }],
    });
  });

  test.each<[string, unknown, string]>([
    ["no body", "", "the body is empty"],
    ["no JSON", "{", "the body is not JSON"],
    ["a list", [event], "the body must be a JSON object"],
    ["null", "null", "the body must be a JSON object"],
    ["a number as type", { ...event, "event-type": 5 }, "event-type must be text"],
    ["very deep JSON", `${"[".repeat(1500)}${"]".repeat(1500)}`, "JSON is nested more than 1000 deep"],
    [
      "a type of which nothing is left",
      { ...event, "event-type": "*" },
      `type and source have an empty segment after cleaning: "kyma.shop..v1"`,
    ],
    [
      "control characters",
      { ...event, "event-type": "a\r\nPUB b" },
      `the attribute "type" has control characters`,
    ],
  ])("to %s", (_, body, moreInfo) => {
    expect(refused(body)).toEqual({
      answered: 400,
      status: 400,
      type: "bad_payload_syntax",
      message: "Bad payload syntax",
      moreInfo,
    });
  });

  test("to an application that is no source", () => {
    expect(refused(event, "a b")).toMatchObject({ moreInfo: `source "a b" is not a URI reference` });
  });

  test("to a body that is too large, and to an event that could not be stored", () => {
    const bodyOf = (refusal: Refusal): unknown => JSON.parse(legacyAnswer(refusal).body ?? "");
    expect(bodyOf(new Refusal(413, "the body is larger than 65536 bytes"))).toEqual({
      status: 413,
      type: "request_body_too_large",
      message: "Request body too large",
      moreInfo: "the body is larger than 65536 bytes",
    });
    expect(bodyOf(new Refusal(507, "full"))).toEqual({ status: 507, message: "full" });
  });
});
