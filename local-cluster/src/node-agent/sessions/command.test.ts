import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { processesWith } from "../testing/kubectl.ts";
import { startCommand } from "./command.ts";

test("what a command starts after the hang-up ends with it too", async () => {
  const program = "trap '' HUP; echo; sleep 0.5; sleep 76761; true";
  const command = startCommand(["sh", "-c", program], "/");
  await once(command.stdout, "data");
  command.kill();
  await command.ended;
  await delay(100);
  expect(processesWith("sleep 76761")).toEqual([]);
});
