import { Content } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import type { PageChildren, PageOwners } from "#api/object-page.ts";
import { visibleText } from "#ui/visible-text.ts";
import { MissingNotes } from "./missing-notes.tsx";
import { ObjectLink } from "./object-link.tsx";
import { StateLabel } from "./state-label.tsx";

type Child = PageChildren["objects"][number];

/** A child with how deep it stands below the page's object. Pure. */
function childRows(children: readonly Child[]): { child: Child; depth: number }[] {
  const depths = new Map<string, number>();
  return children.map((child) => {
    const depth = (depths.get(child.parent ?? "") ?? -1) + 1;
    if (child.uid) depths.set(child.uid, depth);
    return { child, depth };
  });
}

/** Who owns the object, the farthest first. */
export function OwnerTrail({ owners, namespace }: { owners: PageOwners; namespace: string | undefined }) {
  return (
    <>
      <ul className="kyma-owners">
        {owners.objects.toReversed().map((owner) => (
          <li key={owner.uid ?? owner.name}>
            <ObjectLink to={owner} from={namespace} /> <StateLabel state={owner.state} />
          </li>
        ))}
      </ul>
      <MissingNotes missing={owners.missing} />
    </>
  );
}

/** What the object owns, as a tree. */
export function ChildTable({ owned, namespace }: { owned: PageChildren; namespace: string | undefined }) {
  const rows = childRows(owned.objects);
  return (
    <>
      {rows.length === 0 ? null : (
        <Table aria-label="What it owns" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th>Object</Th>
              <Th>State</Th>
              <Th width={40}>What is going on</Th>
              <Th>Age</Th>
            </Tr>
          </Thead>
          <Tbody>
            {rows.map(({ child, depth }) => (
              <Tr key={child.uid ?? child.name}>
                <Td dataLabel="Object" modifier="breakWord">
                  <span className="kyma-tree-entry" data-depth={Math.min(depth, 4)}>
                    <ObjectLink to={child} from={namespace} />
                  </span>
                </Td>
                <Td dataLabel="State">
                  <StateLabel state={child.state} />
                </Td>
                <Td dataLabel="What is going on" modifier="breakWord">
                  {visibleText(child.state?.sentence ?? "")}
                </Td>
                <Td dataLabel="Age" modifier="nowrap">
                  <Age since={child.createdAt ?? undefined} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {owned.total > rows.length ? (
        <Content component="small">
          {rows.length} of {owned.total} are shown.
        </Content>
      ) : null}
      <MissingNotes missing={owned.missing} />
    </>
  );
}
