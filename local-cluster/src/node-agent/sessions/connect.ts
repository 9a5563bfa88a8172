import type { Readable, Writable } from "node:stream";
import type { Command } from "./command.ts";
import { exitStatus, failureStatus, type RemoteStreams } from "./remote-streams.ts";

/** Something that a command left behind may hold its output open; without a byte for so long it is not waited for. */
const quietMs = 1000;

/** Joins a client with a command until that has ended and its output is told. A client that goes takes the command with it. */
export async function connectCommand(streams: RemoteStreams, command: Command): Promise<void> {
  let isGone = false;
  void streams.closed.then(() => {
    isGone = true;
    return command.kill();
  });
  streams.onResize((size) => command.resize(size));
  forwardInput(streams.stdin, command.stdin);
  const outputs = [forward(command.stdout, streams.stdout)];
  if (command.stderr) outputs.push(forward(command.stderr, streams.stderr));
  try {
    const code = await command.ended;
    await Promise.all(outputs.map((output) => output.end(() => isGone)));
    streams.finish(exitStatus(code));
  } catch (error) {
    streams.finish(failureStatus(`error executing command in container: ${(error as Error).message}`));
  }
}

/** What the client writes goes to `sink`; once that takes no more, the rest is thrown away. */
export function forwardInput(source: Readable | undefined, sink: Writable): void {
  if (!source) return void sink.end();
  source.pipe(sink);
  sink.once("close", () => source.resume());
  sink.on("error", () => source.resume());
}

interface Forwarding {
  /** Resolves once everything is passed on, or nothing comes any more. */
  end(isGone: () => boolean): Promise<void>;
}

function forward(source: Readable, sink: Writable | undefined): Forwarding {
  let lastAt = 0;
  source.on("data", () => (lastAt = Date.now()));
  source.on("error", () => source.destroy());
  // A client that asked for no output, or has gone, does not hold up the command.
  if (sink) {
    source.pipe(sink, { end: false });
    sink.once("close", () => source.resume());
  }
  const closed = new Promise<void>((resolve) => source.once("close", resolve));
  const end = async (isGone: () => boolean): Promise<void> => {
    lastAt = Date.now();
    await Promise.race([
      closed,
      quiet(() => isGone() || (Date.now() - lastAt > quietMs && !sink?.writableNeedDrain)),
    ]);
    source.unpipe();
    sink?.end();
  };
  return { end };
}

function quiet(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isSo()) return;
      clearInterval(timer);
      resolve();
    }, 100);
    timer.unref();
  });
}
