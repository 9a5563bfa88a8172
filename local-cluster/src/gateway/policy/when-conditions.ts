import { fieldsOf, refuseOthers, textOf, textsOf, UnsupportedError } from "../config/fields.ts";
import { compilePolicyValue } from "../config/string-match.ts";
import { headerValue } from "../proxy/headers.ts";
import { claimValues } from "./claim-values.ts";
import { portOf } from "./operations.ts";
import type { Condition, PolicyRequest } from "./policy-request.ts";
import {
  addressField,
  not,
  requestPrincipal,
  sourceAddress,
  sourceNamespace,
  sourcePrincipal,
  textField,
  type FieldCompiler,
} from "./sources.ts";

const headerKey = /^request\.headers\[([^\]]+)\]$/;
const claimKey = /^request\.auth\.claims((?:\[[^[\]]+\])+)$/;

const byKey: Record<string, FieldCompiler> = {
  "source.ip": sourceAddress,
  "remote.ip": sourceAddress,
  "source.namespace": sourceNamespace,
  "source.principal": sourcePrincipal,
  "request.auth.principal": requestPrincipal,
  "request.auth.audiences": listField((request) => claimValues(request.token, ["aud"])),
  "request.auth.presenter": listField((request) => claimValues(request.token, ["azp"])),
  "destination.ip": addressField((request) => request.destinationIp),
  "destination.port": (values, where) => {
    const wanted = new Set(values.map((value) => portOf(value, where)));
    return (request) => wanted.has(request.destinationPort);
  },
};

function listField(read: (request: PolicyRequest) => string[]): FieldCompiler {
  return (values) => {
    const matches = values.map((value) => compilePolicyValue(value));
    return (request) => read(request).some((actual) => matches.some((match) => match(actual)));
  };
}

/** Compiles one entry of `when`: the attribute has one of `values` and none of `notValues`. */
export function compileWhen(value: unknown, where: string): Condition {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["key", "values", "notValues"], where);
  const key = textOf(fields["key"], `${where}.key`) ?? "";
  const compiler = compilerOf(key, where);
  const values = textsOf(fields["values"], `${where}.values`);
  const notValues = textsOf(fields["notValues"], `${where}.notValues`);
  if (values.length + notValues.length === 0)
    throw new UnsupportedError(`${where} has neither values nor notValues`);
  const wanted = values.length === 0 ? undefined : compiler(values, `${where}.values`);
  const unwanted = notValues.length === 0 ? undefined : not(compiler(notValues, `${where}.notValues`));
  return (request) => (wanted?.(request) ?? true) && (unwanted?.(request) ?? true);
}

function compilerOf(key: string, where: string): FieldCompiler {
  const plain = Object.hasOwn(byKey, key) ? byKey[key] : undefined;
  if (plain) return plain;
  const header = headerKey.exec(key)?.[1];
  if (header !== undefined) {
    const name = header.toLowerCase();
    return textField((request) => headerValue(request.headers, name));
  }
  const claims = claimKey.exec(key)?.[1];
  if (claims === undefined) throw new UnsupportedError(`${where}.key "${key}" is not supported`);
  const path = claims.slice(1, -1).split("][");
  return listField((request) => claimValues(request.token, path));
}
