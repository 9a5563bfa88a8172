import {
  Nav,
  NavExpandable,
  NavGroup,
  NavItem,
  NavList,
  PageSidebar,
  PageSidebarBody,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import { apiResourcesQuery } from "#api/objects.ts";
import type { KindGroup } from "#resources/kinds.ts";
import { groupKinds, kindKey, kindPath, pluralLabel } from "#resources/kinds.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { features } from "./features.ts";

function useIsActive(): (path: string, exact?: boolean) => boolean {
  const current = useRouterState({ select: (state) => state.location.pathname });
  return (path, exact = false) => current === path || (!exact && current.startsWith(`${path}/`));
}

function Entry({ to, label, exact = false }: { to: string; label: string; exact?: boolean }) {
  const isActive = useIsActive();
  return (
    <NavItem isActive={isActive(to, exact)}>
      <Link to={to}>{label}</Link>
    </NavItem>
  );
}

function KindEntries({ group, ns }: { group: KindGroup; ns: string }) {
  const isActive = useIsActive();
  const paths = group.kinds.map((kind) => kindPath(kind, ns));
  const active = paths.some((path) => isActive(path));
  return (
    <NavExpandable
      title={group.title}
      isExpanded={active}
      isActive={active}
      buttonProps={{ title: group.title }}
    >
      {group.kinds.map((kind, index) => (
        <Entry key={kindKey(kind)} to={paths[index] ?? ""} label={pluralLabel(kind.kind)} />
      ))}
    </NavExpandable>
  );
}

/** The navigation: features first, then every kind that the cluster serves. */
export function Sidebar({ isOpen }: { isOpen: boolean }) {
  const { ns } = useNamespaceScope();
  const served = useQuery(apiResourcesQuery);
  const { known, custom } = groupKinds(served.data ?? []);
  return (
    <PageSidebar isSidebarOpen={isOpen} id="sidebar" className={isOpen ? "pf-m-expanded" : ""}>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>
            <Entry to={`/namespaces/${ns}`} label="Overview" exact />
            {features.flatMap(({ navigation }) =>
              navigation.map(({ label, path }) => <Entry key={label} to={path(ns)} label={label} />),
            )}
            {known.map((group) => (
              <KindEntries key={group.title} group={group} ns={ns} />
            ))}
          </NavList>
          {custom.length > 0 ? (
            <NavGroup title="Custom resources">
              {custom.map((group) => (
                <KindEntries key={group.title} group={group} ns={ns} />
              ))}
            </NavGroup>
          ) : null}
          <NavList>
            <Entry to="/kinds" label="All kinds" />
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}
