import { Title } from "@patternfly/react-core";
import type { ReactNode } from "react";

/** A titled part of a page. */
export function PagePart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="kyma-page-part" aria-label={title}>
      <Title headingLevel="h2" size="md">
        {title}
      </Title>
      {children}
    </section>
  );
}
