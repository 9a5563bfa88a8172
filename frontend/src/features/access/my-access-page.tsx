import { PageSection, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useSession } from "#api/session.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { AccessMatrix } from "./access-matrix-table.tsx";
import { CanIForm } from "./can-i-form.tsx";
import type { AccessTab } from "./routes.tsx";

/** What the person may do, why, and who could give more. */
export function MyAccessPage() {
  const { ns, namespace } = useNamespaceScope();
  const { view: asked } = useSearch({ strict: false });
  const navigate = useNavigate();
  const session = useSession().data;
  const tab: AccessTab =
    asked === "cluster" || asked === "ask" ? asked : namespace === undefined ? "cluster" : "namespace";
  const groups = session?.groups.join(", ") ?? "";
  return (
    <>
      <PageHeader
        title="My access"
        text={
          <span className="kyma-break">
            What {session?.user ?? "you"} may do{groups === "" ? "" : `, as a member of ${groups}`}. The
            cluster decides; this page only asks it.
          </span>
        }
      />
      <PageSection>
        <Tabs
          aria-label="Where"
          activeKey={tab}
          mountOnEnter
          unmountOnExit
          onSelect={(_event, key) =>
            void navigate({ href: `/namespaces/${ns}/access?view=${String(key)}`, replace: true })
          }
        >
          {namespace === undefined ? null : (
            <Tab eventKey="namespace" title={<TabTitleText>In namespace {namespace}</TabTitleText>}>
              <AccessMatrix key={namespace} namespace={namespace} />
            </Tab>
          )}
          <Tab eventKey="cluster" title={<TabTitleText>In the whole cluster</TabTitleText>}>
            <AccessMatrix namespace={undefined} />
          </Tab>
          <Tab eventKey="ask" title={<TabTitleText>Can I…?</TabTitleText>}>
            <CanIForm namespace={namespace} />
          </Tab>
        </Tabs>
      </PageSection>
    </>
  );
}
