import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  PageToggleButton,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import { PlusCircleIcon } from "@patternfly/react-icons";
import { Link } from "@tanstack/react-router";
import type { SessionQuery } from "#api/generated/graphql.ts";
import { ClusterStatus } from "./cluster-status.tsx";
import { MastheadTools } from "./masthead-tools.tsx";
import { NamespaceSwitcher } from "./namespace-switcher.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { UserMenu } from "./user-menu.tsx";

function HomeLink(props: object) {
  return <Link {...props} to="/" aria-label="Kyma, overview" />;
}

function CreateLink(props: object) {
  return <Link {...props} to="/upload" title="Create from YAML" />;
}

/** The bar at the top: where am I, as whom, and does everything run? */
export function ConsoleMasthead(props: {
  session: SessionQuery["session"];
  sidebar: { isOpen: boolean; toggle: () => void };
}) {
  return (
    <Masthead display={{ default: "inline" }}>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton
            isHamburgerButton
            aria-label={props.sidebar.isOpen ? "Close the navigation" : "Open the navigation"}
            isSidebarOpen={props.sidebar.isOpen}
            onSidebarToggle={props.sidebar.toggle}
            aria-controls="sidebar"
          />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={HomeLink}>
            <span className="kyma-brand">
              <img src="/favicon.svg" alt="" />
              <span className="kyma-brand-name">Kyma</span>
            </span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic inset={{ default: "insetNone" }}>
          <ToolbarContent alignItems="center">
            <ToolbarItem className="kyma-namespace">
              <NamespaceSwitcher />
            </ToolbarItem>
            <ToolbarGroup
              variant="action-group-plain"
              align={{ default: "alignEnd" }}
              gap={{ default: "gapNone", md: "gapMd" }}
            >
              <MastheadTools onSidebar={props.sidebar.toggle} />
              <ToolbarItem>
                <ClusterStatus />
              </ToolbarItem>
              <ToolbarItem className="kyma-wide-only">
                <Button
                  variant="plain"
                  icon={<PlusCircleIcon />}
                  aria-label="Create from YAML"
                  component={CreateLink}
                />
              </ToolbarItem>
              <ToolbarItem className="kyma-wide-only">
                <ThemeSwitch />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu session={props.session} />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}
