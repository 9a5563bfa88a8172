import { DeleteObject } from "#resources/delete-object.tsx";
import { namespaceType } from "#resources/well-known-types.ts";

/** Deletes a namespace after its name was typed, since everything in it goes too. */
export function DeleteNamespace(props: { name: string; onDeleted: () => void; onClose: () => void }) {
  const { name, onDeleted, onClose } = props;
  return (
    <DeleteObject
      refTo={{ type: namespaceType, name }}
      uid={undefined}
      kind="namespace"
      typeName
      onDeleted={onDeleted}
      onClose={onClose}
    >
      Everything in it is deleted too: Functions, API rules, Secrets, data. This cannot be undone.
    </DeleteObject>
  );
}
