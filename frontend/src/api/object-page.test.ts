import { expect, test } from "vitest";
import { applyPageMessage } from "./object-page.ts";

type Message = Parameters<typeof applyPageMessage>[1];
const message = (changed: string[], parts: object, liveness: "LIVE" | "RECONNECTING" = "LIVE") =>
  ({ liveness, staleSince: null, changed, ...parts }) as unknown as Message;

test("a part that a message does not name stays as it was", () => {
  const first = applyPageMessage(
    undefined,
    message(["object", "owners"], { object: { a: 1 }, owners: { total: 0 } }),
  );
  const second = applyPageMessage(first, message(["object"], { object: { a: 2 }, owners: null }));
  expect(second.parts).toEqual({ object: { a: 2 }, owners: { total: 0 } });
  expect(applyPageMessage(second, message([], {}, "RECONNECTING"))).toMatchObject({
    liveness: "RECONNECTING",
    parts: { object: { a: 2 } },
  });
});

test("an object that goes leaves its last state behind, until it is made anew", () => {
  const seen = applyPageMessage(
    undefined,
    message(["object", "related"], { object: { a: 1 }, related: { total: 3 } }),
  );
  const gone = applyPageMessage(seen, message(["object", "related"], { object: null, related: null }));
  expect(gone).toMatchObject({ deleted: true, parts: { object: { a: 1 }, related: { total: 3 } } });
  const later = applyPageMessage(gone, message(["events"], { events: null }));
  expect(later).toMatchObject({ deleted: true, parts: { object: { a: 1 } } });
  expect(applyPageMessage(later, message(["object"], { object: { a: 9 } }))).toMatchObject({
    deleted: false,
    parts: { object: { a: 9 } },
  });
});

test("an object that never was is null, not deleted", () => {
  expect(applyPageMessage(undefined, message(["object"], { object: null }))).toEqual({
    liveness: "LIVE",
    staleSince: null,
    parts: { object: null },
    deleted: false,
  });
});
