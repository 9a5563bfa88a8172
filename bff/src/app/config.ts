import { parseArgs } from "node:util";
import { z } from "zod";

const address = z.string().regex(/^[a-z0-9.[\]:-]+:\d{1,5}$/i, "must be host:port");

const configShape = z.object({
  kubeconfig: z.string({ error: "is needed: the file that says which cluster and as whom" }),
  context: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** Address to listen on. */
  host: z.string().default("127.0.0.1"),
  /** Further values of the Host header under which the console is called, e.g. console.example.com */
  allowedHost: z.array(z.string().toLowerCase()).default([]),
  signInFile: z.string({ error: "is needed: where the one-time sign-in link is written" }),
  /** Where sessions are kept over restarts; absent: a restart ends them. */
  sessionFile: z.string().optional(),
  staticDir: z.string().default("frontend/dist"),
  componentsFile: z.string().optional(),
  gatewayAddress: address.optional(),
  gatewayMetricsUrl: z.url({ protocol: /^https?$/ }).optional(),
  gatewayUrlTemplate: z
    .string()
    .regex(/^https?:\/\/\{host\}/, "must begin with http://{host} or https://{host}")
    .optional(),
  /** Loopback port for a Prometheus, which has no session; absent: none. */
  metricsPort: z.coerce.number().int().min(0).max(65_535).optional(),
  logLevel: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/** How this BFF was started. */
export type Config = z.infer<typeof configShape>;

export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Reads the command line; a fault is a ConfigError of one sentence that names the option. */
export function readConfig(args: string[]): Config {
  const option = { type: "string" } as const;
  const names = Object.keys(configShape.shape).map(toFlag);
  const options = Object.fromEntries(
    names.map((name) => [name, { ...option, multiple: name === "allowed-host" }]),
  );
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args, options, strict: true }));
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
  const fields = Object.entries(values).map(([flag, value]) => [toField(flag), value]);
  const parsed = configShape.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigError(`--${toFlag(String(issue?.path[0] ?? ""))} ${issue?.message ?? "is not valid"}`);
}

function toFlag(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function toField(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
