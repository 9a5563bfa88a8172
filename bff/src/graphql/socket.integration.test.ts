import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"), [], {
    sessionTimes: { idleMs: 60_000, absoluteMs: 6000 },
    socketLimits: { initWaitMs: 300, operations: 3, messagesPerSecond: 10 },
  });
});
afterAll(() => app[Symbol.asyncDispose]());

function open(): { socket: WebSocket; closed: Promise<number>; messages: Message[] } {
  const options = { headers: { cookie: app.cookie, origin: app.url } };
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", options);
  const messages: Message[] = [];
  socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  socket.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));
  return { socket, closed, messages };
}
interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => socket.once("open", () => resolve()));
const subscribe = (id: string): string =>
  JSON.stringify({ id, type: "subscribe", payload: { query: "subscription { components { name } }" } });
const init = JSON.stringify({ type: "connection_init" });
async function initialise(socket: WebSocket): Promise<void> {
  const acknowledged = new Promise((resolve) => socket.once("message", resolve));
  socket.send(init);
  await acknowledged;
}

test("A11: an operation before connection_init closes the socket", async () => {
  const { socket, closed } = open();
  await opened(socket);
  socket.send(subscribe("1"));
  expect(await closed).toBe(4401);
});

test("A11: a client that never initialises is closed", async () => {
  const { socket, closed } = open();
  await opened(socket);
  expect(await closed).toBe(4408);
});

test("A11: operations on one socket are limited", async () => {
  const { socket, messages } = open();
  await opened(socket);
  await initialise(socket);
  for (const id of ["1", "2", "3", "4"]) socket.send(subscribe(id));
  await expect.poll(() => messages.find(({ type }) => type === "error")).toMatchObject({ id: "4" });
  expect(messages.filter(({ type }) => type === "next").map(({ id }) => id)).toEqual(["1", "2", "3"]);
  socket.terminate();
});

test("A11: a frame of 10 MB closes the socket", async () => {
  const { socket, closed } = open();
  await opened(socket);
  socket.send("x".repeat(10 * 1024 * 1024));
  expect(await closed).toBe(1009);
});

test("A11: a flood of pings closes the socket", async () => {
  const { socket, closed } = open();
  await opened(socket);
  socket.send(init);
  for (let count = 0; count < 200; count++) socket.ping();
  expect(await closed).toBe(1006);
});

test("limits on queries hold on the socket, too", async () => {
  const { socket, messages } = open();
  await opened(socket);
  await initialise(socket);
  const query = `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: session { user }`).join(" ")} }`;
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
  socket.send(
    JSON.stringify({ id: "2", type: "subscribe", payload: { query: "{ __schema { types { name } } }" } }),
  );
  await expect.poll(() => messages.filter(({ type }) => type === "error")).toHaveLength(2);
  socket.terminate();
});

test("A11: the end of the session closes its sockets", async () => {
  const { socket, closed } = open();
  await opened(socket);
  socket.send(init);
  expect(await Promise.race([closed, delay(8000, "still open")])).toBe(4401);
  expect((await app.request("/session", { headers: { cookie: app.cookie } })).status).toBe(401);
}, 15_000);
