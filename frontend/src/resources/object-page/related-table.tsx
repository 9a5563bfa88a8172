import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { PageRelated } from "#api/object-page.ts";
import { visibleText } from "#ui/visible-text.ts";
import { MissingNotes } from "./missing-notes.tsx";
import { ObjectLink } from "./object-link.tsx";
import { StateLabel } from "./state-label.tsx";

/** What the object uses, and what uses it. */
export function RelatedTable({
  related,
  namespace,
}: {
  related: PageRelated;
  namespace: string | undefined;
}) {
  return (
    <>
      {related.objects.length === 0 ? null : (
        <Table aria-label="Related objects" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>Object</Th>
              <Th width={40}>How it is related</Th>
              <Th>State</Th>
            </Tr>
          </Thead>
          <Tbody>
            {related.objects.map((one) => (
              <Tr key={`${one.plural}.${one.group}/${one.namespace}/${one.name}/${one.relation}`}>
                <Td dataLabel="Object" modifier="breakWord">
                  <ObjectLink to={one} from={namespace} />
                </Td>
                <Td dataLabel="How it is related" modifier="breakWord">
                  {visibleText(one.relation ?? "")}
                </Td>
                <Td dataLabel="State">
                  <StateLabel state={one.state} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      <MissingNotes missing={related.missing} />
    </>
  );
}
