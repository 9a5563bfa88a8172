import { mkdtemp, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ComponentsFile } from "./components-file.ts";
import { componentsArea } from "./resolvers.ts";

const component = (state: string) => ({
  name: "etcd",
  state,
  restarts: 0,
  message: null,
  since: "2026-01-01T00:00:00Z",
});

async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

test("a subscriber sees each written state; a broken file leaves the last good one", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "kyma-components-")), "run", "components.json");
  const components = new ComponentsFile(file);
  await components.open();
  const subscribe = componentsArea(components).subscription?.["components"]
    ?.subscribe as () => AsyncIterableIterator<unknown>;
  const messages = subscribe();
  expect(await messages.next()).toEqual({ done: false, value: [] });
  await write(file, JSON.stringify([component("STARTING")]));
  expect(await messages.next()).toEqual({ done: false, value: [component("STARTING")] });
  await write(file, "[{ broken");
  await write(file, JSON.stringify([component("READY")]));
  expect(await messages.next()).toEqual({ done: false, value: [component("READY")] });
  await messages.return?.();
  components.close();
});
