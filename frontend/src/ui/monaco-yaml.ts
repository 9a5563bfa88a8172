/* YAML with the schemas of kinds: completion, hover, validation. Only imported lazily. */
import * as monaco from "monaco-editor/editor/editor.api";
import { configureMonacoYaml, type JSONSchema, type MonacoYaml } from "monaco-yaml";
import { createWorker } from "./monaco.ts";

/** A kind's schema as the API gives it; null where nothing is known. */
export type DocumentSchema = Record<string, unknown> | null;

const known = new Map<string, readonly DocumentSchema[]>();
let service: MonacoYaml | undefined;
let planned: ReturnType<typeof setTimeout> | undefined;

/**
 * Says what the documents of a model are, in their order; the model's marks follow. Returns how to forget it. All models share one worker.
 */
export function describeModel(uri: string, schemas: readonly DocumentSchema[]): () => void {
  known.set(uri, schemas);
  update();
  return () => {
    known.delete(uri);
  };
}

function update(): void {
  if (!service) {
    service = configureMonacoYaml(withWorkers(), { ...options, schemas: settings() });
    return;
  }
  // Several editors that open at once are one restart of the worker.
  clearTimeout(planned);
  planned = setTimeout(() => void service?.update({ schemas: settings() }), 0);
}

const options = {
  enableSchemaRequest: false,
  completion: true,
  hover: true,
  validate: true,
  format: { enable: true },
} as const;

function settings(): { uri: string; fileMatch: string[]; schema: JSONSchema }[] {
  return [...known].map(([uri, schemas]) => ({
    uri: `${uri}/openapi`,
    fileMatch: [uri],
    schema: combined(schemas),
  }));
}

/** One schema for the text: of its only document, or a sequence of them over shared definitions. */
function combined(schemas: readonly DocumentSchema[]): Record<string, unknown> {
  const [only] = schemas;
  if (schemas.length <= 1) return only ?? {};
  const definitions = Object.assign({}, ...schemas.map((schema) => schema?.["definitions"] ?? {})) as object;
  const schemaSequence = schemas.map((schema) => {
    const { definitions: _, ...rest } = schema ?? {};
    return rest;
  });
  return { definitions, schemaSequence };
}

/** monaco-yaml asks for a worker as older Monaco made it: by name, told its options by a message. */
function withWorkers(): Parameters<typeof configureMonacoYaml>[0] {
  const createWebWorker = ({ label, createData }: { label: string; createData: unknown }) => {
    const worker = createWorker(label);
    for (const message of ["ignore", createData]) worker.postMessage(message, []);
    return monaco.editor.createWebWorker({ worker });
  };
  return { ...monaco, editor: { ...monaco.editor, createWebWorker } };
}
