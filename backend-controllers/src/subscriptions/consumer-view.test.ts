import { consumerDescription, consumerName } from "@kyma/eventing/subjects.ts";
import { keyText } from "@kyma/kube/objects.ts";
import { expect, test } from "vitest";
import { ConsumerView } from "./consumer-view.ts";
import { differ } from "./consumer-plan.ts";
import type { Consumer } from "./jetstream.ts";

const orders = { namespace: "shop", name: "orders" };
const mails = { namespace: "shop", name: "mails" };
const foreign: Consumer = { name: "foreign", config: { description: "somebody's" } };

function consumer(owner: typeof orders, type: string, maxInFlight = 10): Consumer {
  const subject = `kyma.shop.${type}`;
  const config = { description: consumerDescription(owner, subject), max_ack_pending: maxInFlight };
  return { name: consumerName(owner, subject), config };
}

function liveView(...consumers: Consumer[]): { view: ConsumerView; told: string[]; states: string[] } {
  const view = new ConsumerView();
  const [told, states]: string[][] = [[], []];
  view.onOwnerChange((owner) => told!.push(keyText(owner)));
  view.onAvailabilityChange(() => states!.push(view.availability.state));
  relist(view, ...consumers);
  return { view, told: told!, states: states! };
}

function relist(view: ConsumerView, ...consumers: Consumer[]): void {
  view.beginList();
  view.endList(consumers, (before, after) => differ(before.config, after.config));
}

const names = (view: ConsumerView, owner: typeof orders): string[] =>
  view.ofOwner(owner).map(({ name }) => name);

test("consumers are found by owner, those of others under no owner at all", () => {
  const { view } = liveView(consumer(orders, "a"), consumer(orders, "b"), consumer(mails, "a"), foreign);
  expect(view.ofOwner(orders)).toHaveLength(2);
  expect(view.owners().map(keyText).toSorted()).toEqual(["shop/mails", "shop/orders"]);
  expect(view.get("foreign")).toBe(foreign);
});

test("a new list tells the owners of what came, went or changed, and nobody else", () => {
  const { view, told } = liveView(consumer(orders, "a"), consumer(mails, "a"), foreign);
  relist(view, consumer(orders, "a"), consumer(mails, "a"), foreign);
  expect(told).toEqual([]);
  relist(view, consumer(orders, "a", 5), consumer(mails, "a"));
  expect(told.splice(0)).toEqual(["shop/orders"]);
  relist(view, consumer(orders, "a", 5), consumer(orders, "b"));
  expect(told.splice(0).toSorted()).toEqual(["shop/mails", "shop/orders"]);
});

test("what was written while a list was under way counts more than the list", () => {
  const [first, second] = [consumer(orders, "a"), consumer(orders, "b")];
  const { view, told } = liveView(first);
  view.beginList();
  view.put(second);
  view.drop(first.name);
  view.endList([first], () => false);
  expect(names(view, orders)).toEqual([second.name]);
  relist(view);
  expect([names(view, orders), told]).toEqual([[], ["shop/orders"]]);
});

test("writes of our own tell nobody, a deletion by others does, once", () => {
  const first = consumer(orders, "a");
  const { view, told } = liveView();
  view.put(first);
  view.drop(first.name);
  view.put(first);
  expect(told).toEqual([]);
  view.vanished(first.name);
  view.vanished(first.name);
  view.vanished("never seen");
  expect([told, names(view, orders), view.owners()]).toEqual([["shop/orders"], [], []]);
});

test("it is live after a list, unknown once lost, away when that lasts, and told of each only once", () => {
  const { view, states } = liveView();
  view.lose();
  view.lose();
  view.setAway("NATS does not answer");
  view.setAway("NATS does not answer");
  view.lose();
  expect(view.availability).toEqual({ state: "away", problem: "NATS does not answer" });
  view.setAway("NATS lets nobody in");
  relist(view);
  relist(view);
  expect(states).toEqual(["live", "unknown", "away", "away", "live"]);
});
