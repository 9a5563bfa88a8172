import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";

const mostBytes = 16 * 1024;
const mostEntries = 50;
const longestEntry = 200;
const defaultSeconds = 3600;
const longestSeconds = 24 * 3600;
const algorithm = "RS256";

/** What POST /token takes. */
export interface TokenRequest {
  scopes: string[];
  audiences: string[];
  subject: string;
  expiresInSeconds: number;
}

/** An issuer for tests on the local cluster: a key pair that lives as long as the process, and a token for everyone who asks. */
export async function createTestIssuer(issuer: string): Promise<Server> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = { keys: [{ ...jwk, kid, use: "sig", alg: algorithm }] };
  const mint = async (wanted: TokenRequest) => {
    const expires = Math.floor(Date.now() / 1000) + wanted.expiresInSeconds;
    const token = await new SignJWT({
      scope: wanted.scopes.join(" "),
      scopes: wanted.scopes,
      scp: wanted.scopes,
    })
      .setProtectedHeader({ alg: algorithm, kid, typ: "JWT" })
      .setIssuer(issuer)
      .setSubject(wanted.subject)
      .setAudience(wanted.audiences)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(privateKey);
    return { token, expiresAt: new Date(expires * 1000).toISOString() };
  };
  const documents = new Map<string, unknown>([
    ["/healthz", { status: "ok" }],
    ["/.well-known/jwks.json", keys],
    ["/.well-known/openid-configuration", configurationOf(issuer)],
  ]);
  return createServer({ requestTimeout: 10_000 }, (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (path === "/token") return void answerToken(request, response, mint);
    if (!documents.has(path)) return send(response, 404, { error: `there is nothing at ${path}` });
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, 405, { error: "use GET" });
    send(response, 200, documents.get(path));
  });
}

function configurationOf(issuer: string): unknown {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/token`,
    id_token_signing_alg_values_supported: [algorithm],
    kyma_notice: "for tests on a local cluster only",
  };
}

async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  mint: (wanted: TokenRequest) => Promise<unknown>,
): Promise<void> {
  try {
    if (request.method !== "POST") return send(response, 405, { error: "use POST" });
    send(response, 200, await mint(tokenRequest(await readBody(request))));
  } catch (error) {
    const refused = error instanceof RequestError;
    if (!response.headersSent)
      send(response, refused ? 400 : 500, { error: refused ? error.message : "no token could be made" });
  }
}

class RequestError extends Error {
  override name = "RequestError";
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new RequestError(`the body is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Reads the body of POST /token; throws a sentence for what is not as agreed. */
export function tokenRequest(body: string): TokenRequest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body === "" ? "{}" : body);
  } catch {
    throw new RequestError("the body is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new RequestError("the body is not a JSON object");
  const {
    scopes = [],
    audiences = [],
    subject = "test-user",
    expiresInSeconds = defaultSeconds,
  } = parsed as Record<string, unknown>;
  if (typeof subject !== "string" || subject === "" || subject.length > longestEntry) {
    throw new RequestError(`subject must be a text of 1 to ${longestEntry} characters`);
  }
  if (typeof expiresInSeconds !== "number" || !(Math.abs(expiresInSeconds) <= longestSeconds)) {
    throw new RequestError(`expiresInSeconds must be a number of at most ${longestSeconds}`);
  }
  return {
    scopes: texts(scopes, "scopes"),
    audiences: texts(audiences, "audiences"),
    subject,
    expiresInSeconds: Math.floor(expiresInSeconds),
  };
}

function texts(value: unknown, name: string): string[] {
  const fits = (item: unknown): item is string =>
    typeof item === "string" && item !== "" && item.length <= longestEntry;
  if (!Array.isArray(value) || value.length > mostEntries || !value.every(fits)) {
    throw new RequestError(`${name} must be a list of at most ${mostEntries} texts`);
  }
  return value;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(text);
}
