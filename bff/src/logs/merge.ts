import type { LogLine } from "../resources/log-lines.ts";
import type { LineBuffer } from "./line-buffer.ts";

export interface MergedLine {
  source: number;
  line: LogLine;
}

export interface MergeLimits {
  lines: number;
  /** Characters of text. */
  characters: number;
}

/**
 * Takes lines out of the buffers, oldest first, as long as that order is sure: a stream that is empty may still bring an older line, so
 * it is waited for, but only `windowMs` after it last brought something. Infinity: until it has ended.
 */
export function takeMerged(
  buffers: readonly LineBuffer[],
  { windowMs, now, limits }: { windowMs: number; now: number; limits: MergeLimits },
): MergedLine[] {
  const taken: MergedLine[] = [];
  let characters = 0;
  const mayBringMore = (buffer: LineBuffer): boolean => !buffer.closed && now - buffer.activeAt < windowMs;
  if (buffers.some((buffer) => buffer.size === 0 && mayBringMore(buffer))) return taken;
  while (taken.length < limits.lines && characters < limits.characters) {
    const source = oldest(buffers);
    const buffer = buffers[source];
    const line = buffer?.take();
    if (!buffer || !line) break;
    taken.push({ source, line });
    characters += line.text.length;
    if (buffer.size === 0 && mayBringMore(buffer)) break;
  }
  return taken;
}

function oldest(buffers: readonly LineBuffer[]): number {
  let found = -1;
  let time = "";
  for (const [index, { first }] of buffers.entries()) {
    if (first === undefined || (found >= 0 && first.time >= time)) continue;
    found = index;
    time = first.time;
  }
  return found;
}
