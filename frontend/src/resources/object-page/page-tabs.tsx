import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PageSelection } from "#api/object-page.ts";
import type { KindType } from "../kinds.ts";
import type { KubeObject } from "../kube-objects.ts";
import { useObjectExtensions } from "../object-extensions.ts";
import { EventList } from "./event-list.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import type { ObjectPageContent } from "./page-context.ts";
import { YamlPart } from "./yaml-part.tsx";

/** A tab of an object's page, with what its content needs of the page's subscription. */
export interface PageTab {
  key: string;
  title: string;
  order: number;
  selection: PageSelection;
  content: (page: ObjectPageContent) => ReactNode;
}

/** What the head of the page and its commands read, whatever tab is open. */
const always = ["apiVersion", "kind", "metadata"];

function usePageTabs(type: KindType): PageTab[] {
  const { tabs, cards, commands } = useObjectExtensions(type);
  const fieldsOf = (all: readonly { fields?: readonly string[] }[]) =>
    all.flatMap(({ fields }) => fields ?? []);
  const select = (fields: readonly string[], parts: Partial<PageSelection> = {}): PageSelection => ({
    paths: [...new Set([...always, ...fieldsOf(commands), ...fields])],
    overview: false,
    events: false,
    ...parts,
  });
  const objectOf = ({ page }: ObjectPageContent) => page.parts.object as KubeObject;
  const own: PageTab[] = [
    {
      key: "overview",
      title: "Overview",
      order: 0,
      selection: select(["status.conditions", ...fieldsOf(cards)], { overview: true }),
      content: (page) => <OverviewTab type={type} {...page} />,
    },
    {
      key: "events",
      title: "Events",
      order: 80,
      selection: select([], { events: true }),
      content: ({ page }) => <EventList events={page.parts.events} />,
    },
    {
      key: "yaml",
      title: "YAML",
      order: 90,
      selection: select([]),
      content: (page) => <YamlPart refTo={page.refTo} object={objectOf(page)} />,
    },
  ];
  const more = tabs.map(({ key, title, order, fields = [], Content }) => ({
    key,
    title,
    order,
    selection: select(fields),
    content: (page: ObjectPageContent) => <Content type={type} object={objectOf(page)} />,
  }));
  return [...own, ...more].toSorted((a, b) => a.order - b.order);
}

/** The tabs of a kind's pages; which one is open stands in the address. */
export function useOpenTab(type: KindType): {
  tabs: PageTab[];
  open: PageTab;
  show: (key: string) => void;
} {
  const search: { tab?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const tabs = usePageTabs(type);
  const [overview] = tabs;
  const open = tabs.find(({ key }) => key === search.tab) ?? overview;
  if (!open) throw new Error("a page has tabs");
  const show = (tab: string) =>
    void navigate({
      to: ".",
      search: ((before: object) => ({ ...before, tab: tab === "overview" ? undefined : tab })) as never,
      replace: true,
    });
  return { tabs, open, show };
}
