import type { WriteStream } from "node:tty";

/** Says what is being waited for: one line that changes on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  /** Shows what happens under a heading; several headings may be at work at once. */
  report(heading: string, detail: string): void;
  /** A heading is through; its line stays when it took long enough to wonder. */
  done(heading: string): void;
  /** Prints lines that stay. */
  say(text: string): void;
  close(): void;
}

const plainIntervalMs = 4_000;
const redrawMs = 100;
const worthSayingMs = 2_000;

/** Progress on a stream; `now` in milliseconds. */
export function createProgress(
  out: Pick<WriteStream, "write" | "isTTY" | "columns">,
  now = Date.now,
): Progress {
  const active = new Map<string, { detail: string; since: number }>();
  const tty = out.isTTY;
  let shown = "";
  const draw = (): void => {
    const line = progressLine(active, now(), tty ? (out.columns || 80) - 1 : 200);
    if (tty) {
      if (line !== shown) out.write(`\r\u001b[2K${line}`);
    } else if (line && line !== shown) out.write(`${line}\n`);
    shown = line;
  };
  const timer = setInterval(draw, tty ? redrawMs : plainIntervalMs).unref();
  const say = (text: string): void => {
    if (tty && shown) out.write("\r\u001b[2K");
    shown = "";
    out.write(`${text}\n`);
  };
  return {
    report: (heading, detail) => {
      active.set(heading, { detail, since: active.get(heading)?.since ?? now() });
    },
    done: (heading) => {
      const took = now() - (active.get(heading)?.since ?? now());
      active.delete(heading);
      if (took > worthSayingMs) say(`${heading}: done in ${Math.round(took / 1000)} s`);
    },
    say,
    close: () => {
      clearInterval(timer);
      if (tty && shown) out.write("\r\u001b[2K");
    },
  };
}

/** All that is at work in one line of at most `width` characters. */
export function progressLine(
  active: ReadonlyMap<string, { detail: string; since: number }>,
  now: number,
  width: number,
): string {
  const parts = [...active].map(
    ([heading, { detail, since }]) => `${heading}: ${detail} (${Math.round((now - since) / 1000)} s)`,
  );
  const line = parts.join("  |  ");
  return line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line;
}
