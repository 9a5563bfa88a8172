import { createContext, use } from "react";
import type { ObjectRef } from "#api/generated/graphql.ts";
import type { ObjectPageState } from "#api/object-page.ts";

/** The page around a tab or card: what its one subscription brought. */
export interface ObjectPageContent {
  refTo: ObjectRef;
  page: ObjectPageState;
}

export const ObjectPageContext = createContext<ObjectPageContent | undefined>(undefined);

/** For tabs and cards that show a part of the page's subscription; undefined outside of an object's page. */
export function useObjectPageContent(): ObjectPageContent | undefined {
  return use(ObjectPageContext);
}
