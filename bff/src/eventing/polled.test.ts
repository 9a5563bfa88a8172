import { ForbiddenError, NotFoundError, UnavailableError } from "@kyma/kube/errors.ts";
import { expect, test } from "vitest";
import { deliveries } from "./delivery-api.ts";
import { afterFailure } from "./polled.ts";
import { problemOf } from "./problems.ts";

const list = { verb: "list", type: deliveries, namespace: "shop" } as const;
const known = { value: 7, problem: undefined, staleSince: undefined };

test("figures stay while the server does not answer, and say since when they are old", () => {
  const away = problemOf(new UnavailableError(503, { message: "no dispatcher" }), list);
  expect(away).toEqual({
    kind: "UNAVAILABLE",
    message: "The event dispatcher gives no answer: no dispatcher.",
  });
  const status = { reason: "ServiceUnavailable", message: "the NATS server cannot be reached" };
  expect(problemOf(new UnavailableError(503, status), list).message).toBe(
    "The NATS server cannot be reached.",
  );
  const first = afterFailure(known, away, 1000);
  expect(first).toEqual({ value: 7, problem: away, staleSince: 1000 });
  expect(afterFailure(first, away, 5000).staleSince).toBe(1000);
});

test("what the person may not see any more goes, and the right is named", () => {
  const refused = problemOf(new ForbiddenError(403, {}), list);
  expect(refused).toEqual({
    kind: "FORBIDDEN",
    message: "You may not list deliveries.delivery.eventing.kyma-project.io in namespace shop.",
  });
  expect(afterFailure(known, refused, 1000)).toEqual({
    value: undefined,
    problem: refused,
    staleSince: undefined,
  });
});

test("a cluster without the API has no eventing", () => {
  expect(problemOf(new NotFoundError(404, {}), list).kind).toBe("NOT_INSTALLED");
});
