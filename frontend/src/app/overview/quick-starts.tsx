import { Button, Card, CardBody, CardFooter, CardTitle, Gallery, PageSection } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import { features } from "../features.ts";

/** Cards that start the usual tasks, in order. */
export function QuickStarts({ ns }: { ns: string }) {
  const navigate = useNavigate();
  const cards = features.flatMap(({ quickStarts }) => quickStarts);
  return (
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
  );
}
