import { afterEach, describe, expect, it, vi } from "vitest";
import { ConflictError, RequestError, UnauthenticatedError, UnavailableError } from "./errors.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";
import { request } from "./request.ts";

const document = "query X { x }" as unknown as TypedDocumentString<{ x: number }, Record<string, never>>;

function answer(body: unknown, status = 200): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(text, { status }));
}
afterEach(() => vi.restoreAllMocks());

describe("request", () => {
  it("gives the data", async () => {
    answer({ data: { x: 1 } });
    expect(await request(document)).toEqual({ x: 1 });
  });
  it("throws the class that fits the code, with the server's sentence", async () => {
    answer({ errors: [{ message: "somebody was faster", extensions: { code: "CONFLICT" } }] });
    await expect(request(document)).rejects.toThrow(new ConflictError("somebody was faster", "CONFLICT"));
  });
  it("carries the id under which the server logged an internal error", async () => {
    answer({ errors: [{ message: "internal", extensions: { code: "INTERNAL", id: "e-1" } }] });
    const error = await request(document).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(RequestError);
    expect((error as RequestError).id).toBe("e-1");
  });
  it("tells a missing session from a server that is away, also without JSON", async () => {
    answer("no", 401);
    await expect(request(document)).rejects.toBeInstanceOf(UnauthenticatedError);
    answer("bad gateway", 502);
    await expect(request(document)).rejects.toBeInstanceOf(UnavailableError);
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("failed to fetch"));
    await expect(request(document)).rejects.toBeInstanceOf(UnavailableError);
  });
});
