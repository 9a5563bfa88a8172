import type { ObjectView } from "#resources/feature.ts";
import { DeadLetters } from "./dead-letters.tsx";

/** Events of a Subscription that could not be delivered. */
export function DeadLettersTab({ object: { metadata } }: ObjectView) {
  return <DeadLetters scope={{ namespaces: [metadata.namespace ?? ""], subscription: metadata.name }} />;
}
