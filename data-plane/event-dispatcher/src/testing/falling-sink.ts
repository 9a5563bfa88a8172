import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "crashing-sink.ts");

interface Runner {
  child: ChildProcessWithoutNullStreams;
  ready: Promise<void>;
  listens: Promise<void>;
}

/** A sink in processes of its own: when one falls, the next one, which waited, takes its place. */
export class FallingSink {
  readonly #env: Record<string, string>;
  readonly #runners: Runner[] = [];
  #isStopped = false;
  /** Ids of the events that were answered. */
  readonly taken: string[] = [];
  falls = 0;

  private constructor(port: number, poison: string) {
    this.#env = { PORT: String(port), POISON: poison };
  }

  static async start(port: number, poison: string): Promise<FallingSink> {
    const sink = new FallingSink(port, poison);
    sink.#prepare();
    await sink.#takeTurn();
    return sink;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const ends = this.#runners.map(({ child }) => once(child, "exit"));
    for (const { child } of this.#runners) child.kill("SIGKILL");
    await Promise.all(ends);
  }

  /** Starts the one that will be next. */
  #prepare(): void {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program], {
      env: this.#env,
    });
    const [ready, listens] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    createInterface(child.stdout).on("line", (line) => {
      if (line === "ready") ready.resolve();
      else if (line === "listens") listens.resolve();
      else this.taken.push(line);
    });
    this.#runners.push({ child, ready: ready.promise, listens: listens.promise });
  }

  async #takeTurn(): Promise<void> {
    const [runner] = this.#runners;
    if (!runner) throw new Error("nobody is prepared");
    this.#prepare();
    await runner.ready;
    runner.child.stdin.write("go\n");
    runner.child.once("exit", () => {
      if (this.#isStopped) return;
      this.falls++;
      this.#runners.shift();
      void this.#takeTurn();
    });
    await runner.listens;
  }
}
