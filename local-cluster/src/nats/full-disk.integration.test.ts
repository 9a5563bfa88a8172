import { connectNats } from "@kyma/eventing/nats.ts";
import { defaultStreamLimits, eventStream, eventStreamConfig } from "@kyma/eventing/streams.ts";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { layoutOf } from "../control-plane/layout.ts";
import { findFreePorts } from "../supervisor/ports.ts";
import { Supervised } from "../supervisor/supervised.ts";
import { resolveTools } from "../tools/resolve.ts";
import { natsAccess } from "./access.ts";
import { natsProcess } from "./process.ts";
import { ensurePasswords } from "./users.ts";

const megabyte = 2 ** 20;

/** A small disk of the test's own; undefined where that takes more rights than it has. */
function mountSmallDisk(directory: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${64 * megabyte}`, "tmpfs", directory], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

test("R14: a disk that others have filled stops the store, and is told; when there is room, it goes on without help", async ({
  skip,
}) => {
  const layout = layoutOf(await mkdtemp(join(tmpdir(), "kyma-full-disk-")));
  onTestFinished(() => rm(layout.dataDir, { recursive: true, force: true }));
  await Promise.all([layout.pki, layout.nats].map((directory) => mkdir(directory, { recursive: true })));
  if (!mountSmallDisk(layout.nats)) return skip("only root may mount a disk of its own");
  onTestFinished(() => void execFileSync("umount", [layout.nats]));
  const ballast = join(layout.nats, "ballast");
  await writeFile(ballast, Buffer.alloc(60 * megabyte));

  const [[port = 0], passwords, tools] = await Promise.all([
    findFreePorts(1),
    ensurePasswords(layout.natsPasswords),
    resolveTools(),
  ]);
  const limits = { startLimitMs: 30_000, stopGraceMs: 5000 };
  const server = new Supervised(
    { ...(await natsProcess(tools, layout, { port, passwords })), ...limits },
    () => undefined,
  );
  onTestFinished(() => server.stop());
  await server.start();
  const controllers = await connectNats(natsAccess(port, passwords, "controllers"), "test");
  const gateway = await connectNats(natsAccess(port, passwords, "event-gateway"), "test");
  onTestFinished(async () => {
    await Promise.all([controllers.close(), gateway.close()]);
  });
  const streams = await jetstreamManager(controllers);
  await streams.streams.add(eventStreamConfig(defaultStreamLimits));
  await streams.consumers.add(eventStream, { durable_name: "all", ack_policy: "explicit" });
  const publish = async (): Promise<number> =>
    (await jetstream(gateway, { timeout: 1000 }).publish("kyma.a.b", "x".repeat(100_000))).seq;

  let last = 0;
  await expect(
    (async () => {
      for (;;) last = await publish();
    })(),
  ).rejects.toThrow(/timeout/i);
  expect(last).toBeGreaterThan(10);
  await vi.waitFor(() => expect(server.state.message).toContain("no space left on device"), 30_000);
  expect(server.state.restarts).toBe(0);
  expect((await streams.streams.getMessage(eventStream, { seq: 1 }))?.seq).toBe(1);

  await rm(ballast);
  await vi.waitFor(async () => expect(await publish()).toBeGreaterThan(last), 40_000);
  await vi.waitFor(() => expect(server.state).toMatchObject({ state: "READY", message: "" }), 20_000);
  expect((await streams.streams.getMessage(eventStream, { seq: last }))?.seq).toBe(last);
}, 150_000);
