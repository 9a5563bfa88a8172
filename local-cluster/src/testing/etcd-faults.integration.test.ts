import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { setScene } from "./fault-scene.ts";

// R4 of the fault tests. How a client notices a lower revision is tested with the informer.
test("kill -9 of etcd and 20 s of SIGSTOP lose nothing acknowledged; the API server comes back unaided", async () => {
  const { controlPlane, load, informer, expectNothingLost } = await setScene();
  const { etcd, "kube-apiserver": apiserver } = controlPlane.processes;
  const apiserverPid = apiserver.pid;

  await etcd.kill();
  await delay(3_000);
  await etcd.start();
  await etcd.ready();
  await load.more(50, 60_000);

  etcd.signal("SIGSTOP");
  const before = load.acknowledged.size;
  await delay(20_000);
  // The one in flight may have been answered just then.
  expect(load.acknowledged.size).toBeLessThanOrEqual(before + 1);
  etcd.signal("SIGCONT");
  await load.more(50, 60_000);

  expect(apiserver.pid).toBe(apiserverPid);
  await apiserver.ready();
  await expect.poll(() => informer.state, { timeout: 20_000 }).toBe("live");
  await expectNothingLost();
  expect(load.wentBack).toBe(false);
}, 300_000);
