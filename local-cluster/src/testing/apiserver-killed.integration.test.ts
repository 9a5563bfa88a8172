import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { setScene } from "./fault-scene.ts";

const outageMs = 30_000;

// R3 of the fault tests.
test("kill -9 of the API server for 30 s under writes loses nothing acknowledged and calls forth no storm", async () => {
  const { controlPlane, load, informer, watching, expectNothingLost } = await setScene();
  const apiserver = controlPlane.processes["kube-apiserver"];

  const killedAt = Date.now();
  await apiserver.kill();
  await delay(outageMs);
  expect(informer.state).toBe("reconnecting");
  // Backoff: an outage of 30 s is no reason for more than a request a second.
  expect(watching.countSince(killedAt)).toBeLessThan(30);

  await apiserver.start();
  await apiserver.ready();
  await load.more(50, 60_000);
  await expect.poll(() => informer.state, { timeout: 20_000 }).toBe("live");

  const healedAt = Date.now();
  await delay(5_000);
  expect(watching.countSince(healedAt)).toBeLessThanOrEqual(2);
  await expectNothingLost();
  expect(load.refused).toBeGreaterThan(0);
}, 300_000);
