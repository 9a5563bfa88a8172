import { expect, test } from "vitest";
import type { ObjectCommand } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { features } from "./features.ts";

/** Everything that a command may ask of an object, in a state that differs from what an absent field means. */
const whole: KubeObject = {
  apiVersion: "v1",
  kind: "Any",
  metadata: { name: "shown", namespace: "shop", uid: "1" },
  spec: {
    paused: true,
    suspend: true,
    unschedulable: true,
    ports: [{ port: 9000, name: "web" }],
    replicas: 3,
  },
  status: { completionTime: "2026-11-22T10:00:00Z", conditions: [{ type: "Failed", status: "True" }] },
};

/** What the browser gets of it when the page asks for these fields. */
function sent(fields: readonly string[]): KubeObject {
  const { apiVersion, kind, metadata } = whole;
  const object: Record<string, unknown> = { apiVersion, kind, metadata };
  for (const field of fields) {
    const [root = "", name] = field.split(".");
    const from = whole[root] as Record<string, unknown> | undefined;
    if (from === undefined) continue;
    const picked = name === undefined ? from : name in from ? { [name]: from[name] } : {};
    object[root] = { ...(object[root] as object | undefined), ...picked };
  }
  return object as unknown as KubeObject;
}

const commands = features.flatMap(({ objectCommands }) => objectCommands ?? []);
const answers = (command: ObjectCommand, object: KubeObject) =>
  (command.kinds === "all" ? ["pods"] : command.kinds).map((kind) => {
    const [plural = "", ...group] = kind.split(".");
    const view = { type: { group: group.join("."), version: "v1", plural }, object };
    const { label, needs, isOffered, path } = command;
    return [label(view), needs(view), isOffered?.(view), path?.(view)];
  });

test("commands name all the fields that they read", () => {
  expect(commands.length).toBeGreaterThan(10);
  const short = commands.filter(
    (command) =>
      JSON.stringify(answers(command, sent(command.fields ?? []))) !==
      JSON.stringify(answers(command, whole)),
  );
  expect(short.map(({ key }) => key)).toEqual([]);
});
