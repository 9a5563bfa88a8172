import type { KubeAccess } from "@kyma/kube/kubeconfig.ts";
import { ApiError, UnavailableError } from "@kyma/kube/errors.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { Attempts } from "../auth/attempts.ts";
import { signInWithToken, TokenError } from "../auth/bearer-token.ts";
import { setCookie } from "../auth/cookie.ts";
import type { Credentials, Session, Sessions } from "../auth/sessions.ts";
import type { SignInLink } from "../auth/sign-in-link.ts";
import { Refusal, sendJson, sendText } from "./refusal.ts";
import { readBody } from "./request-body.ts";
import type { Exchange } from "./routes.ts";

export interface SignInParts {
  cookieName: () => string;
  sessions: Sessions;
  signInLink: () => SignInLink;
  /** Whose rights the link gives. */
  credentials: Credentials;
  /** The cluster at which tokens are checked. */
  access: KubeAccess;
  log: Logger;
}

const longestBody = 64 * 1024;
const mostAtOnce = 20;
const usedLink = `This sign-in link is not valid any more: each link works once. The file console-url in the data directory holds the next one.\n`;

/** The two ways into the console: the one-time link, and a bearer token of the cluster. */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #attempts = new Attempts();
  #asking = 0;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** GET /sign-in?token=…, the one-time link. */
  async withLink({ request, response, url }: Exchange, before: Session | undefined): Promise<void> {
    response.setHeader("cache-control", "no-store");
    const prefetch = `${String(request.headers["sec-purpose"] ?? "")}${String(request.headers["purpose"] ?? "")}`;
    // A prefetch or a HEAD must not use the link up.
    if (request.method !== "GET" || prefetch.includes("prefetch"))
      throw new Refusal(405, "BAD_INPUT", "open this link in a browser");
    const link = this.#parts.signInLink();
    if (!link.consume(url.searchParams.get("token") ?? "")) return sendText(response, 401, usedLink);
    await link.renew();
    this.#start(response, this.#parts.credentials, before);
    response.writeHead(303, { location: "/" }).end();
  }

  /** POST /sign-in/token with {"token": "…"}. */
  async withToken({ request, response }: Exchange, before: Session | undefined): Promise<void> {
    const client = request.socket.remoteAddress ?? "";
    const wait = this.#attempts.waitSeconds(client);
    if (wait > 0 || this.#asking >= mostAtOnce) {
      response.setHeader("retry-after", String(Math.max(1, wait)));
      throw new Refusal(
        429,
        "UNAVAILABLE",
        `too many attempts to sign in; try again in ${Math.max(1, wait)} seconds`,
      );
    }
    this.#asking += 1;
    try {
      const credentials = await this.#check(await readToken(request), client);
      const session = this.#start(response, credentials, before);
      this.#ended.set(credentials, () => session.signOut());
      sendJson(response, 200, { user: session.credentials.user });
    } finally {
      this.#asking -= 1;
    }
  }

  /** How to end the session of credentials that the API server does not accept any more. */
  readonly #ended = new WeakMap<Credentials, () => void>();

  async #check(text: string, client: string): Promise<Credentials> {
    const { sessions, access } = this.#parts;
    try {
      const credentials: Credentials = await signInWithToken(sessions.pool, access, text, () =>
        this.#ended.get(credentials)?.(),
      );
      return credentials;
    } catch (error) {
      if (error instanceof TokenError) {
        this.#attempts.failed(client);
        throw new Refusal(401, "UNAUTHENTICATED", error.message);
      }
      if (error instanceof UnavailableError)
        throw new Refusal(
          503,
          "UNAVAILABLE",
          "the API server cannot be reached, so nobody can say whose token this is",
        );
      if (error instanceof ApiError)
        throw new Refusal(503, "UNAVAILABLE", `${error.message}, so nobody can say whose token this is`);
      throw error;
    }
  }

  /** A new id each time: one that somebody planted before is worth nothing. */
  #start(response: ServerResponse, credentials: Credentials, before: Session | undefined): Session {
    before?.signOut();
    const { id, session } = this.#parts.sessions.start(credentials);
    response.setHeader("set-cookie", setCookie(this.#parts.cookieName(), id));
    this.#parts.log.info({ user: credentials.user, method: credentials.method }, "signed in");
    return session;
  }
}

async function readToken(request: IncomingMessage): Promise<string> {
  const unreadable = new Refusal(400, "BAD_INPUT", 'the body must be {"token": "…"}');
  const body = await readBody(request, longestBody);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw unreadable;
  }
  const token = typeof parsed === "object" && parsed !== null && "token" in parsed ? parsed.token : undefined;
  if (typeof token !== "string") throw unreadable;
  return token;
}
