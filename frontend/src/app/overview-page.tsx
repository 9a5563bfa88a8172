import { Button, Card, CardBody, CardFooter, CardTitle, Gallery, PageSection } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { features } from "./features.ts";

/** The first page: how the features' things do, and cards that start the usual tasks in order. */
export function OverviewPage() {
  const { ns, namespace } = useNamespaceScope();
  const navigate = useNavigate();
  const cards = features.flatMap(({ quickStarts }) => quickStarts);
  return (
    <>
      <PageHeader
        title="Overview"
        text={namespace === undefined ? "All namespaces" : `Namespace ${namespace}`}
      />
      {features.map(({ navigation, Overview }) =>
        Overview ? (
          <PageSection key={navigation[0]?.label}>
            <Overview namespace={namespace} />
          </PageSection>
        ) : null,
      )}
      <PageSection aria-label="Quick starts">
        <Gallery hasGutter minWidths={{ default: "16rem" }}>
          {cards.map((card, index) => (
            <Card key={card.title} isFullHeight>
              <CardTitle component="h2">
                {index + 1}. {card.title}
              </CardTitle>
              <CardBody>{card.text}</CardBody>
              <CardFooter>
                <Button variant="secondary" onClick={() => void navigate({ to: card.path(ns) })}>
                  {card.action}
                </Button>
              </CardFooter>
            </Card>
          ))}
        </Gallery>
      </PageSection>
    </>
  );
}
