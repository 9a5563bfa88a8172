import { once } from "node:events";
import { statSync } from "node:fs";
import type { RunningContainer } from "../containers/running-container.ts";
import { logPath } from "../logs/container-log.ts";
import { readLog } from "../logs/read-log.ts";
import { forwardInput } from "./connect.ts";
import type { RemoteStreams } from "./remote-streams.ts";
import type { WantedStreams } from "./spdy-streams.ts";
import type { ContainerTerminal } from "./container-terminal.ts";

/** Joins a client with a container's own process until either goes. The container goes on when the client leaves. */
export async function attachTo(
  running: RunningContainer,
  streams: RemoteStreams,
  wanted: WantedStreams,
): Promise<void> {
  const gone = new AbortController();
  void streams.closed.then(() => gone.abort());
  const { terminal } = running.process;
  streams.onResize((size) => terminal?.resize(size));
  // Noted before any input is passed on: what answers it is from now on.
  const from = statSync(logPath(running.log.directory)).size;
  if (wanted.stdin) attachInput(running, streams);
  if (terminal) await showTerminal(terminal, streams, gone.signal);
  else await showLog(running, streams, from, gone.signal);
  streams.stdout?.end();
  streams.stderr?.end();
  streams.finish({ metadata: {}, status: "Success" });
}

function attachInput({ process }: RunningContainer, { stdin }: RemoteStreams): void {
  const input = process.openInput();
  if (!input) return void stdin?.resume();
  forwardInput(stdin, input);
}

async function showTerminal(
  terminal: ContainerTerminal,
  { stdout }: RemoteStreams,
  signal: AbortSignal,
): Promise<void> {
  const leave = stdout ? terminal.show(stdout) : undefined;
  const left = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  await Promise.race([terminal.ended, left]);
  leave?.();
}

/** Standard output and error lie in one file; what is written from now on is told. */
async function showLog(
  { log }: RunningContainer,
  streams: RemoteStreams,
  from: number,
  signal: AbortSignal,
): Promise<void> {
  const sink = streams.stdout ?? streams.stderr;
  for await (const chunk of readLog(log, { follow: true, timestamps: false, from }, signal)) {
    if (sink && !sink.write(chunk)) await once(sink, "drain", { signal }).catch(() => {});
  }
}
