import { watch, type FSWatcher } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { z } from "zod";

const componentShape = z.object({
  name: z.string(),
  state: z.enum(["STARTING", "READY", "RESTARTING", "STOPPED", "FAILED"]),
  restarts: z.int(),
  message: z.string().nullish(),
  since: z.string(),
});
export type Component = z.infer<typeof componentShape>;

/** The processes of this start, as the launcher writes them. Without a file there are none. */
export class ComponentsFile {
  readonly #file: string | undefined;
  readonly #listeners = new Set<() => void>();
  #watcher: FSWatcher | undefined;
  #components: Component[] = [];
  #text = "";

  constructor(file?: string) {
    this.#file = file;
  }

  get components(): Component[] {
    return this.#components;
  }

  /** Reads the file and follows it. The directory is watched, as each write renames a new file into place. */
  async open(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    await mkdir(dirname(file), { recursive: true });
    this.#watcher = watch(dirname(file), (_, name) => {
      if (name === null || name === basename(file)) void this.#read(file);
    });
    await this.#read(file);
  }

  close(): void {
    this.#watcher?.close();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What cannot be read or understood leaves the last good state. */
  async #read(file: string): Promise<void> {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined || text === this.#text) return;
    const parsed = z.array(componentShape).safeParse(parseJson(text));
    if (!parsed.success) return;
    this.#text = text;
    this.#components = parsed.data;
    for (const listener of this.#listeners) listener();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
