import { Content } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { deleteObject } from "#api/objects.ts";
import { ConfirmAction } from "./confirm-action.tsx";

/** Asks before an object is deleted. With `typeName` the person has to type its name: for what takes other things along. */
export function DeleteObject(props: {
  refTo: ObjectRef;
  /** Of the object that the person saw. */
  uid: string | undefined;
  kind: string;
  /** What goes with it. */
  children: ReactNode;
  typeName?: boolean;
  onDeleted?: () => void;
  onClose: () => void;
}) {
  const { refTo, uid, kind } = props;
  const attempt = async (dryRun: boolean) => {
    await deleteObject(refTo, uid, dryRun);
    return { message: `${kind} ${refTo.name} is being deleted` };
  };
  return (
    <ConfirmAction
      title={`Delete ${kind} ${refTo.name}?`}
      action="Delete"
      isDanger
      typedName={props.typeName ? refTo.name : undefined}
      attempt={attempt}
      triedAt="open"
      {...(props.onDeleted ? { onDone: props.onDeleted } : {})}
      onClose={props.onClose}
    >
      <Content component="p">{props.children}</Content>
    </ConfirmAction>
  );
}
