import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from "@patternfly/react-core";
import { CubesIcon, SearchIcon } from "@patternfly/react-icons";
import type { ReactNode } from "react";

/** Says that nothing is there and what to do about it. */
export function EmptyNotice(props: {
  title: string;
  /** What the person can do now. */
  children: ReactNode;
  actions?: ReactNode;
  isSearch?: boolean;
}) {
  return (
    <EmptyState
      variant="lg"
      titleText={props.title}
      headingLevel="h2"
      icon={props.isSearch ? SearchIcon : CubesIcon}
    >
      <EmptyStateBody>{props.children}</EmptyStateBody>
      {props.actions ? (
        <EmptyStateFooter>
          <EmptyStateActions>{props.actions}</EmptyStateActions>
        </EmptyStateFooter>
      ) : null}
    </EmptyState>
  );
}
