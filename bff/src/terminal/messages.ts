import { z } from "zod";

const dnsName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "is not a name");
const size = z.number().int().min(1).max(1000);

const open = z.object({
  type: z.literal("open"),
  namespace: dnsName.max(63),
  pod: dnsName,
  container: dnsName.max(63),
  /** Runs a command, or joins the container's own process. */
  mode: z.enum(["exec", "attach"]),
  /** Tried in turn until one is there; for exec only. */
  commands: z
    .array(z.array(z.string().min(1).max(1000)).min(1).max(20))
    .max(5)
    .default([["bash"], ["sh"]]),
  cols: size,
  rows: size,
});

/** Goes on with a terminal whose socket was cut. */
const resume = z.object({
  type: z.literal("resume"),
  id: z.string().regex(/^[\w-]{32}$/),
  /** Bytes of output that the browser has. */
  received: z.number().int().min(0),
  cols: size,
  rows: size,
});

/** What a browser says in text messages; input comes as binary ones. */
export const clientMessage = z.discriminatedUnion("type", [
  open,
  resume,
  z.object({ type: z.literal("resize"), cols: size, rows: size }),
  z.object({ type: z.literal("ping") }),
  /** The terminal is not needed any more: its shell ends. */
  z.object({ type: z.literal("end") }),
]);

export type ClientMessage = z.infer<typeof clientMessage>;
export type OpenMessage = z.infer<typeof open>;

/** What the browser is told in text messages; output comes as binary ones. */
export type ServerMessage =
  | { type: "waiting"; message: string }
  /** `offset`: place of the first byte of output that follows, in the whole output. */
  | { type: "opened"; id: string; offset: number; command: string }
  | { type: "pong" }
  | { type: "ended"; reason: EndReason; exitCode?: number; message: string };

export type EndReason =
  | "EXITED"
  /** None of the commands is in the container. */
  | "NO_SHELL"
  | "FORBIDDEN"
  | "FAILED"
  /** There is no such terminal any more. */
  | "GONE"
  /** Another tab or window shows it now. */
  | "TAKEN";
