import { GraphQLError, Kind, parse, type DocumentNode, type SelectionSetNode } from "graphql";

/** What one request may ask for. Far above what the console sends, far below what costs the server anything. */
export interface QueryLimits {
  characters: number;
  tokens: number;
  depth: number;
  aliases: number;
  /** Fields at the root of one operation, after fragments are spread. */
  rootFields: number;
  fragments: number;
  directives: number;
  /** Elements of one array anywhere in the variables. */
  arrayLength: number;
  /** Nesting of the variables. */
  variableDepth: number;
}

export const defaultLimits: QueryLimits = {
  characters: 64 * 1024,
  tokens: 3000,
  depth: 12,
  aliases: 30,
  rootFields: 20,
  fragments: 50,
  directives: 30,
  arrayLength: 5000,
  variableDepth: 64,
};

/** Parses a query; one over the limits is refused with a GraphQLError before it is validated. */
export function parseWithin(limits: QueryLimits, source: string): DocumentNode {
  if (source.length > limits.characters) {
    throw tooMuch(`the query has ${source.length} characters; at most ${limits.characters} are allowed`);
  }
  const document = parse(source, { maxTokens: limits.tokens, noLocation: false });
  const counts = count(document);
  for (const name of ["aliases", "rootFields", "fragments", "directives", "depth"] as const) {
    if (counts[name] > limits[name]) {
      throw tooMuch(`the query has ${counts[name]} for "${name}"; at most ${limits[name]} are allowed`);
    }
  }
  return document;
}

/** Refuses variables that are too deep or hold too long an array; what is below the limits is left to the schema. */
export function checkVariables(limits: QueryLimits, variables: unknown): void {
  const pending: [unknown, number][] = [[variables, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, depth] = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > limits.variableDepth)
      throw tooMuch(`the variables are nested deeper than ${limits.variableDepth}`);
    if (Array.isArray(value) && value.length > limits.arrayLength) {
      throw tooMuch(
        `a list in the variables has ${value.length} elements; at most ${limits.arrayLength} are allowed`,
      );
    }
    for (const child of Object.values(value)) pending.push([child, depth + 1]);
  }
}

type Counts = Record<"depth" | "aliases" | "rootFields" | "fragments" | "directives", number>;

function count(document: DocumentNode): Counts {
  const walk = new Walk(document);
  const counts: Counts = {
    depth: 0,
    aliases: 0,
    rootFields: 0,
    fragments: walk.fragments.size,
    directives: 0,
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const measured = walk.measure(definition.selectionSet);
    counts.depth = Math.max(counts.depth, measured.depth);
    counts.aliases += measured.aliases;
    counts.rootFields = Math.max(counts.rootFields, measured.fields);
    counts.directives += measured.directives + (definition.directives?.length ?? 0);
  }
  return counts;
}

interface Measure {
  depth: number;
  aliases: number;
  directives: number;
  /** Fields at this level, fragments spread. */
  fields: number;
}

/** Each fragment is measured once, so that nested spreads cost linear time; a cycle counts as nothing here and fails validation. */
class Walk {
  readonly fragments = new Map<string, SelectionSetNode>();
  readonly #measured = new Map<string, Measure>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.fragments.set(definition.name.value, definition.selectionSet);
    }
  }

  measure(set: SelectionSetNode): Measure {
    const total: Measure = { depth: 0, aliases: 0, directives: 0, fields: 0 };
    for (const node of set.selections) {
      total.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet ? this.measure(node.selectionSet) : nothing;
        total.fields += 1;
        total.depth = Math.max(total.depth, 1 + below.depth);
        total.aliases += below.aliases + (node.alias ? 1 : 0);
        total.directives += below.directives;
      } else {
        add(
          total,
          node.kind === Kind.INLINE_FRAGMENT
            ? this.measure(node.selectionSet)
            : this.#fragment(node.name.value),
        );
      }
    }
    return total;
  }

  #fragment(name: string): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    const set = this.fragments.get(name);
    if (!set) return nothing;
    this.#measured.set(name, nothing);
    const measured = this.measure(set);
    this.#measured.set(name, measured);
    return measured;
  }
}

const nothing: Measure = { depth: 0, aliases: 0, directives: 0, fields: 0 };

function add(total: Measure, part: Measure): void {
  total.depth = Math.max(total.depth, part.depth);
  total.aliases += part.aliases;
  total.directives += part.directives;
  total.fields += part.fields;
}

function tooMuch(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_INPUT", http: { status: 400 } } });
}
