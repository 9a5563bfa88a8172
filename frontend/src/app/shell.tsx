import { Page, SkipToContent } from "@patternfly/react-core";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { UnauthenticatedError } from "#api/errors.ts";
import { useSession } from "#api/session.ts";
import { collectExtensions, ObjectExtensionsContext } from "#resources/object-extensions.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { Toasts } from "#ui/toasts.tsx";
import { features } from "./features.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ConsoleMasthead } from "./masthead.tsx";
import { SessionEndBanner, ViewAsBar } from "./session-banners.tsx";
import { Sidebar } from "./sidebar.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { useSidebar } from "./use-sidebar.ts";

const mainId = "main";
const extensions = collectExtensions(features);

/** What stands around every page. Without a session it shows how to get one. */
export function Shell() {
  const session = useSession();
  const sidebar = useSidebar();
  if (session.error instanceof UnauthenticatedError) return <SignInPage ended={session.data !== undefined} />;
  if (session.data === undefined) {
    return session.error ? (
      <ErrorState
        title="The console cannot start"
        error={session.error}
        retry={() => void session.refetch()}
      />
    ) : (
      <Loading what="the console" />
    );
  }
  return (
    <ObjectExtensionsContext value={extensions}>
      <Page
        // Whoever acts now begins with empty pages: nothing of the one before stays.
        key={session.data.actor}
        mainContainerId={mainId}
        masthead={<ConsoleMasthead session={session.data} sidebar={sidebar} />}
        sidebar={<Sidebar isOpen={sidebar.isOpen} />}
        skipToContent={<SkipToContent href={`#${mainId}`}>Skip to content</SkipToContent>}
      >
        <ViewAsBar session={session.data} />
        <SessionEndBanner session={session.data} />
        <ConnectionBanner />
        <FocusOnNavigation />
        <Outlet />
        <Toasts />
      </Page>
    </ObjectExtensionsContext>
  );
}

/** Moves the focus to the page's content when the page changes, as a full page load would. */
function FocusOnNavigation() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path)
      document.querySelector<HTMLElement>(`#${mainId}`)?.focus({ preventScroll: true });
    last.current = path;
  }, [path]);
  return null;
}
