import { describe, expect, it } from "vitest";
import type { ApiResource } from "#api/objects.ts";
import type { SearchHit } from "#api/search.ts";
import type { ObjectCommand } from "#resources/feature.ts";
import { commandItems, commandWords, isMeant, matchItems, objectItems, pageItems } from "./palette-items.ts";

const kind = (name: string, plural: string, group: string, ...shortNames: string[]): ApiResource => ({
  group,
  version: "v1",
  plural,
  kind: name,
  namespaced: true,
  verbs: ["list", "watch"],
  shortNames,
  categories: [],
});
const served = [kind("Deployment", "deployments", "apps", "deploy"), kind("Pod", "pods", "", "po")];
const hit = (name: string, kindName = "Deployment", group = "apps", plural = "deployments"): SearchHit => ({
  group,
  version: "v1",
  plural,
  kind: kindName,
  namespace: "shop",
  name,
  score: 1,
});
const command = (key: string, ...kinds: string[]): ObjectCommand => ({
  kinds,
  key,
  label: () => key,
  needs: () => [],
});

describe("palette items", () => {
  it("finds a kind by its short name before anything else that holds it", () => {
    const pages = pageItems([], served, "shop");
    expect(matchItems(pages, "po")[0]).toMatchObject({
      title: "Pods",
      path: "/namespaces/shop/resources/core/v1/pods",
    });
    expect(matchItems(pages, "deploy")[0]?.title).toBe("Deployments");
  });

  it("tells a page that is meant from one that only holds the text", () => {
    const pages = pageItems([], [...served, kind("MutatingWebhook", "mutatingwebhooks", "x.k8s.io")], "shop");
    const meant = matchItems(pages, "web").map((item) => [item.title, isMeant(item, "web")]);
    expect(meant).toEqual([["MutatingWebhooks", false]]);
    expect(matchItems(pages, "po").filter((item) => isMeant(item, "po"))).toHaveLength(1);
  });

  it("leads to the object and says where it is", () => {
    expect(objectItems([hit("web")])[0]).toMatchObject({
      title: "web",
      detail: "Deployment in shop",
      path: "/namespaces/shop/resources/apps/v1/deployments/web",
    });
  });

  it("reads a verb and the words of a name", () => {
    const commands = [command("restart", "deployments.apps"), command("scale", "deployments.apps")];
    expect(commandWords("rest web", commands)).toMatchObject({ rest: "web", commands: [{ key: "restart" }] });
    expect(commandWords("restart", commands)).toBeUndefined();
    expect(commandWords("web api", commands)).toBeUndefined();
  });

  it("offers a command for objects of its kinds only", () => {
    const restart = command("restart", "deployments.apps");
    const items = commandItems([restart], [hit("web"), hit("web", "Service", "", "services")]);
    expect(items.map(({ title, detail }) => [title, detail])).toEqual([
      ["Restart web", "Deployment in shop"],
    ]);
  });

  it("shows some of each group only", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      key: `${index}`,
      group: "Pages" as const,
      title: `Page ${index}`,
      path: "/",
    }));
    expect(matchItems(many, "page")).toHaveLength(6);
  });
});
