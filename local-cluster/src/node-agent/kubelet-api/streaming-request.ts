import type { WantedStreams } from "../sessions/spdy-streams.ts";

/** What an exec, attach or port-forward request asks for. */
export type StreamingRequest =
  | {
      kind: "exec";
      namespace: string;
      pod: string;
      container: string;
      command: string[];
      wanted: WantedStreams;
    }
  | { kind: "attach"; namespace: string; pod: string; container: string; wanted: WantedStreams }
  | { kind: "portForward"; namespace: string; pod: string };

const mostArguments = 1024;
const remoteCommandProtocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
const portForwardProtocols = ["portforward.k8s.io"];

/** Reads `/exec/<namespace>/<pod>/<container>?command=…`, `/attach/…` or `/portForward/<namespace>/<pod>`; undefined for another path. Throws a sentence for what makes no sense. */
export function parseStreamingRequest(url: URL): StreamingRequest | undefined {
  const [, kind, ...rest] = url.pathname.split("/").map(decodeURIComponent);
  const [namespace, pod, container] = rest;
  if (!namespace || !pod) return undefined;
  if (kind === "portForward") return rest.length === 2 ? { kind, namespace, pod } : undefined;
  if ((kind !== "exec" && kind !== "attach") || !container || rest.length !== 3) return undefined;
  const wanted = wantedStreams(url.searchParams);
  if (kind === "attach") return { kind, namespace, pod, container, wanted };
  const command = url.searchParams.getAll("command");
  if (command.length === 0 || command[0] === "")
    throw new Error("you must specify at least one command for the container");
  if (command.length > mostArguments)
    throw new Error(`a command may have ${mostArguments} arguments, not ${command.length}`);
  if (command.some((part) => part.includes("\0"))) throw new Error("a command must not have NUL in it");
  return { kind, namespace, pod, container, command, wanted };
}

function wantedStreams(query: URLSearchParams): WantedStreams {
  const flag = (name: string): boolean => ["1", "true"].includes(query.get(name) ?? "");
  const tty = flag("tty");
  // A terminal has one output.
  const wanted = { stdin: flag("input"), stdout: flag("output"), stderr: flag("error") && !tty, tty };
  if (!wanted.stdin && !wanted.stdout && !wanted.stderr)
    throw new Error("you must specify at least 1 of stdin, stdout, stderr");
  return wanted;
}

/** The first of the client's protocols that is spoken here; undefined when there is none. */
export function chooseProtocol(kind: StreamingRequest["kind"], offered: string[]): string | undefined {
  const known = kind === "portForward" ? portForwardProtocols : remoteCommandProtocols;
  return offered
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .find((name) => known.includes(name));
}
