import { Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import type { ObjectRef } from "#api/generated/graphql.ts";
import type { ObjectPageState } from "#api/object-page.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { Loading } from "#ui/loading.tsx";
import { ObjectPageContext } from "./page-context.ts";
import type { PageTab } from "./page-tabs.tsx";

/** The tabs of an object's page with the content of the open one. `page` is undefined while that loads. */
export function ObjectTabs(props: {
  tabs: readonly PageTab[];
  open: PageTab;
  show: (key: string) => void;
  refTo: ObjectRef;
  page: ObjectPageState | undefined;
  warnings: number;
}) {
  const { tabs, open, warnings } = props;
  const count = warnings > 0 ? ` (${warnings} ${warnings === 1 ? "warning" : "warnings"})` : "";
  return (
    <Tabs
      className="kyma-page-tabs"
      activeKey={open.key}
      onSelect={(_event, key) => props.show(String(key))}
      aria-label="Parts of the page"
      mountOnEnter
      unmountOnExit
    >
      {tabs.map((tab) => (
        <Tab
          key={tab.key}
          eventKey={tab.key}
          title={<TabTitleText>{tab.key === "events" ? `${tab.title}${count}` : tab.title}</TabTitleText>}
        >
          {tab === open ? <TabContent tab={tab} refTo={props.refTo} page={props.page} /> : null}
        </Tab>
      ))}
    </Tabs>
  );
}

function TabContent({
  tab,
  refTo,
  page,
}: {
  tab: PageTab;
  refTo: ObjectRef;
  page: ObjectPageState | undefined;
}) {
  if (page === undefined) return <Loading what={tab.title} />;
  if (!page.parts.object)
    return (
      <EmptyNotice title="Nothing is known of this any more">
        It was not looked at before {refTo.name} was deleted.
      </EmptyNotice>
    );
  const content = { refTo, page };
  return (
    <ObjectPageContext value={content}>
      <div className={page.deleted ? "kyma-gone" : undefined}>{tab.content(content)}</div>
    </ObjectPageContext>
  );
}
