import { checkSubscription } from "./eventing-api.ts";
import { readFields } from "./subscription-text.ts";

/** What the controller would say against the YAML of a Subscription, in sentences; what is only worth knowing is left out. */
export async function checkText(text: string): Promise<string[]> {
  const reading = readFields(text);
  if ("fault" in reading) return [reading.fault];
  if (reading.fields.namespace === "") return ["metadata.namespace is empty; choose a namespace."];
  const problems = await checkSubscription(reading.object);
  return problems.filter(({ blocks }) => blocks).map(({ message }) => message);
}
