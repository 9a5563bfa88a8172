import { Button, PageSection } from "@patternfly/react-core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link, useRouter } from "@tanstack/react-router";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { usePageTitle } from "#ui/page-title.ts";

/** Takes the place of a page that failed; the shell around it stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  usePageTitle("Something went wrong");
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <PageSection>
      <ErrorState title="This page failed" error={error} retry={retry} />
    </PageSection>
  );
}

/** For an address that no page has. */
export function NotFoundPage() {
  usePageTitle("Page not found");
  return (
    <PageSection>
      <EmptyNotice
        title="There is no page at this address"
        actions={
          <Link to="/">
            {/* A link styled as one, so that it can be opened in a new tab. */}
            <Button component="span" variant="primary">
              Go to the overview
            </Button>
          </Link>
        }
      >
        Check the address, or start from the overview.
      </EmptyNotice>
    </PageSection>
  );
}
