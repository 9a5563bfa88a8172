import { deleteObject } from "#api/objects.ts";
import { namespaceType } from "#resources/well-known-types.ts";
import { ConfirmDelete } from "#ui/confirm-delete.tsx";
import { toast } from "#ui/toasts.tsx";

/** Deletes a namespace after its name was typed, since everything in it goes too. */
export function DeleteNamespace(props: { name: string; onDeleted: () => void; onClose: () => void }) {
  return (
    <ConfirmDelete
      kind="namespace"
      name={props.name}
      typeName
      onClose={props.onClose}
      onDelete={async () => {
        await deleteObject({ type: namespaceType, name: props.name });
        toast("success", `Namespace ${props.name} is being deleted`);
        props.onDeleted();
      }}
    >
      Everything in it is deleted too: Functions, API rules, Secrets, data. This cannot be undone.
    </ConfirmDelete>
  );
}
