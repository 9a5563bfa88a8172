import { expect, it } from "vitest";
import { summary } from "./cluster-status.tsx";

const ready = { name: "etcd", state: "READY" } as const;

it("is connected when the socket is up and every component is ready", () => {
  expect(summary("connected", [ready])).toEqual({ health: "ok", text: "Connected" });
});
it("names the component in trouble, a failed one first", () => {
  const restarting = { name: "gateway", state: "RESTARTING" } as const;
  expect(summary("connected", [ready, restarting])).toEqual({
    health: "warning",
    text: "gateway restarting",
  });
  const failed = { name: "controllers", state: "FAILED" } as const;
  expect(summary("connected", [restarting, failed])).toEqual({ health: "error", text: "controllers failed" });
});
it("says that the connection is lost before anything else", () => {
  expect(summary("reconnecting", [ready]).text).toBe("Reconnecting");
});
