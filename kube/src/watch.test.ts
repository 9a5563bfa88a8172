import { expect, it } from "vitest";
import { connect } from "./connection.ts";
import { FaultyServer, stream, watchLine } from "./faulty-server.ts";
import { readWatch } from "./watch.ts";

it("ends in order when the server falls silent", async () => {
  const server = new FaultyServer();
  server.watches.push(stream([watchLine("ADDED", "a", "1")], true));
  const connection = connect(await server.listen());
  const types: string[] = [];
  for await (const event of readWatch(() =>
    connection.send("/x?watch=true", { stream: true, timeoutMs: 300 }),
  )) {
    types.push(event.type);
  }
  expect(types).toEqual(["ADDED"]);
  connection.close();
  server.close();
});
