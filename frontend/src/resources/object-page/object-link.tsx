import { Label } from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import { objectPath } from "../kinds.ts";

/** What names an object that has a page. */
export interface LinkedObject {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespace?: string | null | undefined;
  name: string;
  exists?: boolean;
}

/** Kind and name, leading to the object's page. One that does not exist says so. */
export function ObjectLink({
  to,
  from,
}: {
  to: LinkedObject;
  /** Namespace of the page it stands on. */ from?: string | undefined;
}) {
  const elsewhere = to.namespace && to.namespace !== from ? ` in ${to.namespace}` : "";
  return (
    <span className="kyma-object-link">
      <Label isCompact color="grey">
        {to.kind}
      </Label>{" "}
      {to.plural === "" || to.exists === false ? (
        to.name
      ) : (
        <Link to={objectPath(to, to.namespace, to.name)}>{to.name}</Link>
      )}
      {elsewhere}
      {to.exists === false ? (
        <>
          {" "}
          <Label isCompact status="danger" variant="outline">
            does not exist
          </Label>
        </>
      ) : null}
    </span>
  );
}
