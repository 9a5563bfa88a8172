import {
  Alert,
  AlertActionLink,
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons";

interface Shown {
  message: string;
  id: string | undefined;
}

function describe(error: unknown): Shown {
  const id = (error as { id?: unknown } | null)?.id;
  return {
    message: error instanceof Error ? error.message : String(error),
    id: typeof id === "string" ? id : undefined,
  };
}

/** Fills a page or tab that could not be shown: the sentence, and the id under which the server's log has the cause. */
export function ErrorState({ title, error, retry }: { title: string; error: unknown; retry?: () => void }) {
  const { message, id } = describe(error);
  return (
    <EmptyState status="danger" titleText={title} headingLevel="h2" icon={ExclamationCircleIcon}>
      <EmptyStateBody>
        {message}
        {id ? (
          <>
            {" "}
            The server's log has the cause under <code>{id}</code>.
          </>
        ) : null}
      </EmptyStateBody>
      {retry ? (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      ) : null}
    </EmptyState>
  );
}

/** A failure in the middle of a form or tab, announced to screen readers. */
export function ErrorAlert({ title, error, retry }: { title: string; error: unknown; retry?: () => void }) {
  const { message, id } = describe(error);
  return (
    <Alert
      isInline
      isLiveRegion
      variant="danger"
      title={title}
      actionLinks={retry ? <AlertActionLink onClick={retry}>Try again</AlertActionLink> : null}
    >
      {message}
      {id ? ` (id ${id} in the server's log)` : ""}
    </Alert>
  );
}
