import { Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { KindType } from "../kinds.ts";
import type { KubeObject } from "../kube-objects.ts";
import { useObjectExtensions } from "../object-extensions.ts";
import { EventList } from "./event-list.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import type { ObjectPageContent } from "./page-context.ts";
import { YamlPart } from "./yaml-part.tsx";

interface ShownTab {
  key: string;
  title: string;
  order: number;
  content: ReactNode;
}

function useTabs(type: KindType, { refTo, page }: ObjectPageContent): ShownTab[] {
  const { tabs } = useObjectExtensions(type);
  const object = page.parts.object as KubeObject;
  const warnings = page.parts.events?.events.filter((event) => event.type === "Warning").length ?? 0;
  const own: ShownTab[] = [
    {
      key: "overview",
      title: "Overview",
      order: 0,
      content: <OverviewTab type={type} refTo={refTo} page={page} />,
    },
    {
      key: "events",
      title: warnings > 0 ? `Events (${warnings} ${warnings === 1 ? "warning" : "warnings"})` : "Events",
      order: 80,
      content: <EventList events={page.parts.events} />,
    },
    { key: "yaml", title: "YAML", order: 90, content: <YamlPart refTo={refTo} object={object} /> },
  ];
  const more = tabs.map(({ key, title, order, Content }) => ({
    key,
    title,
    order,
    content: <Content type={type} object={object} />,
  }));
  return [...own, ...more].toSorted((a, b) => a.order - b.order);
}

/** The tabs of an object's page; which one is open stands in the address. */
export function ObjectTabs({ type, ...content }: ObjectPageContent & { type: KindType }) {
  const search: { tab?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const tabs = useTabs(type, content);
  const open = tabs.some(({ key }) => key === search.tab) ? String(search.tab) : "overview";
  const show = (tab: string) =>
    void navigate({
      to: ".",
      search: ((before: object) => ({ ...before, tab: tab === "overview" ? undefined : tab })) as never,
      replace: true,
    });
  return (
    <Tabs
      className="kyma-page-tabs"
      activeKey={open}
      onSelect={(_event, key) => show(String(key))}
      aria-label="Parts of the page"
      mountOnEnter
      unmountOnExit
    >
      {tabs.map(({ key, title, content: part }) => (
        <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>}>
          {part}
        </Tab>
      ))}
    </Tabs>
  );
}
