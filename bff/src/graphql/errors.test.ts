import { toApiError } from "@kyma/kube/errors.ts";
import { GraphQLError } from "graphql";
import { pino } from "pino";
import { expect, test } from "vitest";
import { presentError } from "./errors.ts";

const logged: string[] = [];
const log = pino({}, { write: (line: string) => void logged.push(line) });
const present = (status: number, body: object): unknown =>
  presentError(
    new GraphQLError("x", { originalError: toApiError(status, JSON.stringify({ kind: "Status", ...body })) }),
    log,
  ).extensions["code"];

test("each answer of the API server has its code", () => {
  expect(present(401, {})).toBe("FORBIDDEN");
  expect(present(403, {})).toBe("FORBIDDEN");
  expect(present(404, {})).toBe("NOT_FOUND");
  expect(present(409, { reason: "AlreadyExists" })).toBe("ALREADY_EXISTS");
  expect(present(409, { reason: "Conflict" })).toBe("CONFLICT");
  expect(present(422, {})).toBe("INVALID");
  expect(present(400, {})).toBe("BAD_INPUT");
  expect(present(429, {})).toBe("UNAVAILABLE");
  expect(present(503, {})).toBe("UNAVAILABLE");
});

test("A17: an unknown error shows an id under which the log has the rest", () => {
  const error = presentError(
    new GraphQLError("x", { originalError: new Error("/secret/path exploded") }),
    log,
  );
  expect(error.extensions).toEqual({ code: "INTERNAL", id: expect.any(String) as string });
  expect(error.message).not.toContain("secret");
  const line = logged.find((one) => one.includes(String(error.extensions["id"])));
  expect(line).toContain("/secret/path exploded");
});
