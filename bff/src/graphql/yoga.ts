import {
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  type DocumentNode,
  type GraphQLError,
} from "graphql";
import { createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Logger } from "pino";
import type { GraphqlContext } from "./context.ts";
import { badInput, presentError } from "./errors.ts";
import { checkVariables, defaultLimits, parseWithin, type QueryLimits } from "./limits.ts";
import { buildSchema, type Area } from "./schema.ts";

export type GraphqlServer = YogaServerInstance<GraphqlContext, object>;

/** Told of every operation's end. */
export type OperationListener = (
  kind: "query" | "mutation" | "subscription",
  failed: boolean,
  seconds: number,
) => void;

export interface GraphqlOptions {
  areas: Area[];
  log: Logger;
  limits?: QueryLimits;
  onOperation?: OperationListener;
}

/** The GraphQL engine for both transports: limits, no introspection, no suggestions, masked errors. */
export function createGraphql(options: GraphqlOptions): GraphqlServer {
  const { areas, log, limits = defaultLimits, onOperation } = options;
  return createYoga<GraphqlContext>({
    // Yoga adds its own fields to the context that we give it.
    schema: buildSchema(areas) as never,
    graphqlEndpoint: "/graphql",
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    cors: false,
    // One request's text must not stay in memory.
    parserAndValidationCache: false,
    logging: false,
    maskedErrors: { maskError: (error) => with400(presentError(error, log)), errorMessage: "internal error" },
    plugins: [withinLimits(limits), subscriptionsOnSocketsOnly, measured(onOperation)],
  });
}

const rules = [...specifiedRules, NoSchemaIntrospectionCustomRule];

function withinLimits(limits: QueryLimits): Plugin<GraphqlContext> {
  return {
    onParams: ({ params }) => checkVariables(limits, params.variables),
    onParse({ setParseFn }) {
      setParseFn((source: unknown): DocumentNode => parseWithin(limits, String(source)));
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn(((schema, document) =>
        validateFn(schema, document, rules, { hideSuggestions: true, maxErrors: 20 })) as typeof validateFn);
      return ({ valid, result }) => {
        if (!valid) for (const error of result as GraphQLError[]) refuse(error);
      };
    },
  };
}

/** GraphQL over HTTP would answer 200 to clients that accept application/json; a request that never ran is a 400 for us. */
function refuse(error: GraphQLError): void {
  Object.assign(error.extensions, { code: "BAD_INPUT", http: { status: 400, spec: false } });
}

/** Yoga marks errors of parsing as such that may be answered with 200. */
function with400(error: GraphQLError): GraphQLError {
  if (error.extensions["http"]) refuse(error);
  return error;
}

const subscriptionsOnSocketsOnly: Plugin<GraphqlContext> = {
  onSubscribe({ args, setResultAndStopExecution }) {
    const context = args.contextValue as GraphqlContext;
    if (context.transport === "websocket") return;
    const error = badInput("subscriptions need the WebSocket at /graphql");
    refuse(error);
    setResultAndStopExecution({ errors: [error] });
  },
};

function measured(onOperation: OperationListener | undefined): Plugin<GraphqlContext> {
  if (!onOperation) return {};
  return {
    onExecute({ args }) {
      const started = performance.now();
      const operation = (args.document as DocumentNode).definitions.find(
        (one) => one.kind === "OperationDefinition",
      );
      return {
        onExecuteDone({ result }) {
          const failed = "errors" in result && (result.errors?.length ?? 0) > 0;
          onOperation(operation?.operation ?? "query", failed, (performance.now() - started) / 1000);
        },
      };
    },
  };
}
