import type { DeadLetter } from "@kyma/eventing/delivery-objects.ts";

export interface LetterList {
  items: DeadLetter[];
  metadata: { continue?: string; remainingItemCount?: number };
}

export const namesOf = ({ items }: LetterList): string[] => items.map(({ metadata }) => metadata.name);

/** The path of a namespace's dead letters; `rest` is what comes behind it. */
export const lettersOf = (namespace: string, rest = ""): string =>
  `/namespaces/${namespace}/deadletters${rest}`;
