import { Button } from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import { createContext, use } from "react";
import type { ObjectAction } from "./feature.ts";
import type { KindType } from "./kinds.ts";
import { kindKey } from "./kinds.ts";
import type { KubeObject } from "./kube-objects.ts";

/** What features offer on the pages of objects; the app fills it in. */
export const ObjectActionsContext = createContext<readonly ObjectAction[]>([]);

/** Buttons for what features can do with this object. */
export function ObjectActions({ type, object }: { type: KindType; object: KubeObject }) {
  const actions = use(ObjectActionsContext).filter(({ kind }) => kind === kindKey(type));
  const navigate = useNavigate();
  return actions.map(({ label, path }) => (
    <Button key={label} variant="secondary" onClick={() => void navigate({ href: path(object) })}>
      {label}
    </Button>
  ));
}
