import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";

const contentTypes: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};
const encodings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
];
const unbuilt = `<!doctype html><html lang="en"><title>Kyma</title>
<p>The console's pages have not been built yet. Run <code>npm run build</code>, then load this page again.</p></html>
`;

interface Found {
  file: string;
  size: number;
  modifiedMs: number;
  encoding?: string;
}

/** Serves the built frontend: precompressed where possible; a path that is no file is a page of the app. */
export class StaticFiles {
  readonly #root: string;

  constructor(directory: string) {
    this.#root = resolve(directory);
  }

  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const file = this.#fileOf(path);
    const accepted = request.headers["accept-encoding"] ?? "";
    const found = file ? await find(file, accepted) : undefined;
    if (found && file) return send(request, response, found, file);
    // A missing script must not become a page; but names of objects have dots too, and a browser says when it opens a page.
    const opensPage = request.headers.accept?.includes("text/html") ?? false;
    if (!file || (extname(path) !== "" && !opensPage)) return sendText(response, 404, "not found\n");
    const index = join(this.#root, "index.html");
    const page = await find(index, accepted);
    if (page) return send(request, response, page, index);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.writeHead(503).end(unbuilt);
  }

  /** Undefined when the path leads out of the directory. */
  #fileOf(path: string): string | undefined {
    let decoded: string;
    try {
      decoded = decodeURIComponent(path);
    } catch {
      return undefined;
    }
    if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
    const file = join(this.#root, normalize(decoded));
    return file === this.#root || file.startsWith(this.#root + sep) ? file : undefined;
  }
}

async function find(file: string, accepted: string): Promise<Found | undefined> {
  const offers = accepted.split(",").map((offer) => offer.split(";")[0]?.trim());
  for (const { name, suffix } of encodings) {
    const packed = offers.includes(name) ? await statFile(file + suffix) : undefined;
    if (packed) return { ...packed, encoding: name };
  }
  return statFile(file);
}

async function statFile(file: string): Promise<Found | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { file, size: found.size, modifiedMs: found.mtimeMs } : undefined;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  found: Found,
  file: string,
): Promise<void> {
  const tag = `"${found.size.toString(36)}-${Math.round(found.modifiedMs).toString(36)}${found.encoding ?? ""}"`;
  // The bundler puts a hash of the content into the names of what lies in assets/.
  const hashed = file.includes(`${sep}assets${sep}`);
  response.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("content-type", contentTypes[extname(file)] ?? "application/octet-stream");
  response.setHeader("etag", tag);
  response.setHeader("vary", "Accept-Encoding");
  if (request.headers["if-none-match"] === tag) return void response.writeHead(304).end();
  if (found.encoding) response.setHeader("content-encoding", found.encoding);
  response.setHeader("content-length", found.size);
  if (request.method === "HEAD") return void response.writeHead(200).end();
  response.writeHead(200);
  await pipeline(createReadStream(found.file), response).catch((error: unknown) => {
    // Browsers often leave before the end; that is no failure of ours.
    if (!response.destroyed) throw error;
  });
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.writeHead(status).end(text);
}
