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
import type { ApiResource } from "#api/objects.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import type { KindGroup } from "#resources/kinds.ts";
import { groupKinds, kindKey, kindPath, pluralLabel } from "#resources/kinds.ts";
import { useChosenNamespaces } from "#resources/namespace-scope.ts";
import { usePins } from "#resources/pins.ts";
import { features } from "./features.ts";
import { useOpenGroups } from "./use-open-groups.ts";

/** A page's own address without its namespaces: an object's page keeps its list marked, whatever namespaces are chosen. */
function withoutNamespace(path: string): string {
  return path.replace(/^\/namespaces\/[^/]+/, "/namespaces/*");
}

function useIsActive(): (path: string, exact?: boolean) => boolean {
  const current = withoutNamespace(useRouterState({ select: (state) => state.location.pathname }));
  return (path, exact = false) => {
    const own = withoutNamespace(path);
    return current === own || current === `${own}/` || (!exact && current.startsWith(`${own}/`));
  };
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
  const [open, setOpen] = useOpenGroups();
  const paths = group.kinds.map((kind) => kindPath(kind, ns));
  const active = paths.some((path) => isActive(path));
  return (
    <NavExpandable
      title={group.title}
      isExpanded={open[group.title] ?? active}
      isActive={active}
      onExpand={(_event, isExpanded) => setOpen(group.title, isExpanded)}
      buttonProps={{ title: group.title }}
    >
      {group.kinds.map((kind, index) => (
        <Entry key={kindKey(kind)} to={paths[index] ?? ""} label={pluralLabel(kind.kind)} />
      ))}
    </NavExpandable>
  );
}

function Pinned({ kinds, ns }: { kinds: readonly ApiResource[]; ns: string }) {
  const pins = usePins();
  const byKey = new Map(kinds.map((kind) => [kindKey(kind), kind]));
  const pinned = pins.flatMap((key) => byKey.get(key) ?? []);
  if (pinned.length === 0) return null;
  return (
    <NavGroup title="Pinned">
      {pinned.map((kind) => (
        <Entry key={kindKey(kind)} to={kindPath(kind, ns)} label={pluralLabel(kind.kind)} />
      ))}
    </NavGroup>
  );
}

/** The navigation: what the person pinned, features, then every kind that the cluster serves, as kubectl's users group them. */
export function Sidebar({ isOpen }: { isOpen: boolean }) {
  const { ns } = useChosenNamespaces();
  const kinds = useQuery(apiResourcesQuery).data ?? [];
  const { known, custom } = groupKinds(kinds);
  return (
    <PageSidebar isSidebarOpen={isOpen} id="sidebar" className={isOpen ? "pf-m-expanded" : ""}>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>
            <Entry to={`/namespaces/${ns}`} label="Overview" exact />
            {features.flatMap(({ navigation }) =>
              navigation.map(({ label, path }) => <Entry key={label} to={path(ns)} label={label} />),
            )}
          </NavList>
          <Pinned kinds={kinds} ns={ns} />
          <NavGroup title="Cluster resources">
            {known.map((group) => (
              <KindEntries key={group.title} group={group} ns={ns} />
            ))}
          </NavGroup>
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
