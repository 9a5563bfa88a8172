import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const nats = { NATS_URL: "nats://127.0.0.1:1", NATS_USER: "u", NATS_PASSWORD: "p" };
const pod = { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: "1" };

test.each([
  [{}, "the environment variable NATS_URL is missing"],
  [nats, "the environment variable KUBERNETES_SERVICE_HOST is missing"],
  [{ ...nats, ...pod, SERVICE_ACCOUNT_DIR: "/nowhere" }, "cannot read /nowhere/namespace (ENOENT)"],
])(
  "a process that cannot start ends with a sentence that names why",
  async (env, sentence) => {
    const ended = run(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "main.ts")],
      {
        env,
      },
    );
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        `^The event dispatcher cannot start: ${sentence.replaceAll(/[()]/g, "\\$&")}`,
      ) as string,
    });
  },
  30_000,
);
