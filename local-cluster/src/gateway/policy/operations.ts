import { fieldsOf, refuseOthers, UnsupportedError } from "../config/fields.ts";
import { compilePolicyValue } from "../config/string-match.ts";
import { compilePathValue } from "./path-match.ts";
import type { Condition, PolicyRequest } from "./policy-request.ts";
import { compileFields, not, textField, type FieldCompiler } from "./sources.ts";

const portText = /^\d{1,5}$/;

/** Hosts in lower case; a value with a port is compared with host:port, one without with the host alone. */
const hosts: FieldCompiler = (values) => {
  const matches = values.map((value) => {
    const lower = value.toLowerCase();
    const match = compilePolicyValue(lower);
    return lower.includes(":")
      ? (request: PolicyRequest, host: string) => match(`${host}:${request.hostPort}`)
      : (_request: PolicyRequest, host: string) => match(host);
  });
  return (request) => request.hosts.some((host) => matches.some((match) => match(request, host)));
};

const ports: FieldCompiler = (values, where) => {
  const wanted = new Set(values.map((value) => portOf(value, where)));
  return (request) => wanted.has(request.destinationPort);
};

export function portOf(value: string, where: string): number {
  if (!portText.test(value)) throw new UnsupportedError(`${where} "${value}" is not a port`);
  return Number(value);
}

const methods = textField((request) => request.method);

function paths(covering: boolean): FieldCompiler {
  return (values, where) => {
    const matches = values.map((value) => compilePathValue(value, where, covering));
    return (request) => matches.some((match) => match(request.path));
  };
}

/** Compiles one entry of `to`. `refusing` says that matching refuses the request (DENY, CUSTOM). */
export function compileOperation(value: unknown, where: string, refusing: boolean): Condition {
  const entry = fieldsOf(value, where);
  refuseOthers(entry, ["operation"], where);
  const operation = fieldsOf(entry["operation"], `${where}.operation`);
  const { notPaths, ...others } = operation;
  const excluded = notPaths === undefined || notPaths === null ? [] : (notPaths as unknown[]);
  if (!Array.isArray(excluded)) throw new UnsupportedError(`${where}.operation.notPaths is not a list`);
  const conditions: Condition[] = [];
  if (excluded.length > 0) {
    conditions.push(
      not(compileFields({ paths: excluded }, `${where}.operation`, { paths: paths(!refusing) })),
    );
  }
  if (
    excluded.length === 0 ||
    Object.values(others).some((field) => Array.isArray(field) && field.length > 0)
  ) {
    conditions.push(
      compileFields(others, `${where}.operation`, { hosts, ports, methods, paths: paths(refusing) }),
    );
  } else
    refuseOthers(others, ["hosts", "notHosts", "ports", "notPorts", "methods", "notMethods", "paths"], where);
  return (request) => conditions.every((condition) => condition(request));
}
