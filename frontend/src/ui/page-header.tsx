import {
  Breadcrumb,
  BreadcrumbItem,
  Content,
  Flex,
  FlexItem,
  PageSection,
  Title,
} from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePageTitle } from "./page-title.ts";

/** The head of a page: where it belongs, its name, its state and what can be done with it. */
export function PageHeader(props: {
  title: string;
  /** Name of the browser tab when it should say more than the title. */
  tabTitle?: string;
  trail?: { label: string; path: string }[];
  label?: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
}) {
  usePageTitle(props.tabTitle ?? props.title);
  return (
    <PageSection>
      {props.trail ? (
        <Breadcrumb className="kyma-trail">
          {props.trail.map(({ label, path }) => (
            <BreadcrumbItem
              key={path}
              render={({ className }) => (
                <Link to={path} className={className}>
                  {label}
                </Link>
              )}
            />
          ))}
          <BreadcrumbItem isActive>{props.title}</BreadcrumbItem>
        </Breadcrumb>
      ) : null}
      <Flex
        alignItems={{ default: "alignItemsCenter" }}
        justifyContent={{ default: "justifyContentSpaceBetween" }}
      >
        <Flex alignItems={{ default: "alignItemsCenter" }}>
          <FlexItem>
            <Title headingLevel="h1" className="kyma-break">
              {props.title}
            </Title>
          </FlexItem>
          {props.label ? <FlexItem>{props.label}</FlexItem> : null}
        </Flex>
        {props.actions ? <FlexItem>{props.actions}</FlexItem> : null}
      </Flex>
      {props.text ? <Content component="p">{props.text}</Content> : null}
    </PageSection>
  );
}
