import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { FaultyServer, type Answer } from "@kyma/kube/faulty-server.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callerOf } from "../testing/window-reader.ts";
import type { Caller } from "../graphql/context.ts";
import { Kinds } from "./kinds.ts";

let server: FaultyServer;
let caller: Caller;
let served: string[];
beforeEach(async () => {
  server = new FaultyServer();
  served = ["configmaps"];
  const answer: Answer = ({ url }, response) => {
    const resources = served.map((resource) => ({
      resource,
      responseKind: { kind: resource.toUpperCase() },
      scope: "Namespaced",
    }));
    const items = url === "/api" ? [{ metadata: {}, versions: [{ version: "v1", resources }] }] : [];
    response.end(JSON.stringify({ items }));
  };
  server.lists.push(answer);
  const access = await server.listen();
  caller = { ...callerOf(access), kube: new KubeClient(connect(access)) };
});
afterEach(() => {
  caller.kube.connection.close();
  server.close();
});

const find = (kinds: Kinds, plural: string): ReturnType<Kinds["resolve"]> =>
  kinds.resolve(caller, { group: "", version: "v1", plural });

test("however many ask at the same time for kinds that are not known yet, the API server is asked once", async () => {
  const kinds = new Kinds();
  const found = await Promise.all(Array.from({ length: 100 }, () => find(kinds, "configmaps")));
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["CONFIGMAPS"]));
  expect(server.requests.map(({ url }) => url).toSorted()).toEqual(["/api", "/apis"]);
});

test("a kind that was made a moment ago is found, and one that is nowhere is NOT_FOUND", async () => {
  const kinds = new Kinds();
  await find(kinds, "configmaps");
  await expect(find(kinds, "others")).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
  served.push("others");
  expect(await find(kinds, "others")).toMatchObject({ kind: "OTHERS", namespaced: true });
});

test("an answer that failed is not kept", async () => {
  const kinds = new Kinds();
  server.lists.unshift((_request, response) => response.writeHead(500).end());
  await expect(find(kinds, "configmaps")).rejects.toThrow("the API server answered 500");
  expect(await find(kinds, "configmaps")).toMatchObject({ kind: "CONFIGMAPS" });
});
