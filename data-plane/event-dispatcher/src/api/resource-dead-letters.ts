import { isUsableSubject } from "@kyma/eventing/subjects.ts";
import { deadLetterText, letterFilter, sequenceOf, type StoredLetter, toDeadLetter } from "./dead-letter.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";
import { badRequest, conflict, notFound } from "./failure.ts";
import { ageText } from "./kube-time.ts";
import { type DeadLetter, deliveryGroup, writeContinue } from "@kyma/eventing/delivery-objects.ts";
import type { Column, ListOptions, NamedKey, Page, Resource, Selection, Subresource } from "./resource.ts";
import { readContinue } from "./select-page.ts";

/** What could not be delivered: to look at, to replay, to discard. */
export function deadLettersResource(store: DeadLetterStore, replay: Subresource): Resource<DeadLetter> {
  return {
    plural: "deadletters",
    singular: "deadletter",
    kind: "DeadLetter",
    namespaced: true,
    description: "An event that could not be delivered to a Subscription's sink.",
    columns,
    write: deadLetterText,
    get: async (key) => (await findLetter(store, key)).deadLetter,
    list: (options) => listLetters(store, options),
    delete: async (key, { dryRun, ...preconditions }) => {
      const { deadLetter, stored } = await findLetter(store, key);
      for (const name of ["uid", "resourceVersion"] as const) {
        const [is, wanted = is] = [deadLetter.metadata[name], preconditions[name]];
        if (is !== wanted) throw conflict(`the ${name} of ${key.name} is ${is}, not ${wanted?.slice(0, 50)}`);
      }
      if (!dryRun && !(await store.remove(stored.seq))) throw missing(key.name);
    },
    deleteCollection: async (selection, { dryRun, ...preconditions }) => {
      if (Object.keys(preconditions).length > 0 || selection.name !== undefined)
        throw badRequest("name one dead letter in the path to delete just that");
      if (!dryRun) await store.removeAll(letterFilter(checked(selection)));
    },
    subresources: { replay },
  };
}

const columns: Column<DeadLetter>[] = [
  {
    name: "Name",
    type: "string",
    description: "Sequence in the stream",
    cell: ({ metadata }) => metadata.name,
  },
  { name: "Subscription", type: "string", description: "", cell: ({ subscription }) => subscription },
  { name: "Type", type: "string", description: "Of the event", cell: ({ event }) => event?.type ?? "" },
  { name: "Reason", type: "string", description: "", cell: ({ reason }) => reason },
  { name: "Attempts", type: "integer", description: "", cell: ({ attempts }) => attempts },
  {
    name: "Status",
    type: "integer",
    description: "Last HTTP status of the sink",
    cell: ({ status }) => status,
  },
  {
    name: "Age",
    type: "string",
    description: "",
    cell: ({ metadata }, now) => ageText(metadata.creationTimestamp, now),
  },
  { name: "Event", type: "string", description: "Id", priority: 1, cell: ({ event }) => event?.id ?? "" },
  { name: "Answer", type: "string", description: "", priority: 1, cell: ({ answer }) => answer },
];

/** The dead letter of a name, if it is one of this namespace. */
export async function findLetter(
  store: DeadLetterStore,
  { namespace, name }: NamedKey,
): Promise<{ stored: StoredLetter; deadLetter: DeadLetter }> {
  const seq = sequenceOf(name);
  const stored = seq === undefined ? undefined : await store.get(seq);
  const deadLetter = stored && toDeadLetter(stored);
  // Names count through all namespaces: what another one has does not exist here.
  if (!stored || deadLetter?.metadata.namespace !== namespace) throw missing(name);
  return { stored, deadLetter };
}

function missing(name: string): Error {
  return notFound(`deadletters.${deliveryGroup} "${name}" not found`);
}

async function listLetters(store: DeadLetterStore, options: ListOptions): Promise<Page<DeadLetter>> {
  if (options.name !== undefined) return listOne(store, options, options.name);
  const before = options.continueFrom === undefined ? undefined : Number(readContinue(options.continueFrom));
  if (before !== undefined && !(before > 0)) throw badRequest("continue is none that this API gave out");
  const { letters, from, remaining } = await store.page(
    letterFilter(checked(options)),
    options.limit,
    before,
  );
  const items = letters.flatMap((letter) => toDeadLetter(letter) ?? []);
  return remaining === 0 ? { items } : { items, remaining, continueFrom: writeContinue(String(from)) };
}

async function listOne(
  store: DeadLetterStore,
  options: ListOptions,
  name: string,
): Promise<Page<DeadLetter>> {
  const seq = sequenceOf(name);
  const stored = seq === undefined ? undefined : await store.get(seq);
  const { namespace, subscription } = options;
  const items = [(stored && toDeadLetter(stored)) ?? []].flat();
  return {
    items: items.filter(
      (one) =>
        (namespace === undefined || one.metadata.namespace === namespace) &&
        (subscription === undefined || one.subscription === subscription),
    ),
  };
}

/** A Subscription's name becomes part of a subject: nothing in it may mean something there. */
function checked<S extends Selection>(selection: S): S {
  const { namespace, subscription } = selection;
  if (subscription === undefined) return selection;
  if (namespace === undefined)
    throw badRequest(`name the namespace of the Subscription "${subscription.slice(0, 100)}"`);
  if (!isUsableSubject(letterFilter(selection)))
    throw badRequest(`subscription "${subscription.slice(0, 100)}" is not the name of a Subscription`);
  return selection;
}
