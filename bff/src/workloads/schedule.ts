/** A cron schedule of five fields as a CronJob takes it; each field as the set of values that match. */
export interface Schedule {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  /** 0 is Sunday. */
  weekdays: ReadonlySet<number>;
  /** With both a day and a weekday given, one of them is enough. */
  anyDay: boolean;
  anyWeekday: boolean;
}

const macros: Record<string, string> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Undefined when it is none of the standard five fields (also for `@every`). Pure. */
export function parseSchedule(text: string): Schedule | undefined {
  const fields = (macros[text.trim()] ?? text).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const days = parseField(day, 1, 31);
  const months = parseField(month, 1, 12, monthNames, 1);
  const weekdays = parseField(weekday, 0, 7, dayNames);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: new Set([...weekdays].map((one) => one % 7)),
    anyDay: isAny(day),
    anyWeekday: isAny(weekday),
  };
}

function isAny(field: string): boolean {
  return field === "*" || field === "?" || field.startsWith("*/");
}

function parseField(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
  nameBase = 0,
): Set<number> | undefined {
  const valueOf = (text: string): number => {
    const named = names.indexOf(text.toLowerCase());
    if (named >= 0) return named + nameBase;
    return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  };
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", stepText, ...rest] = part.split("/");
    const step = stepText === undefined ? 1 : Number(stepText);
    const any = range === "*" || range === "?";
    const [from = "", to, ...others] = any ? [String(least), String(most)] : range.split("-");
    const first = valueOf(from);
    const last = to === undefined ? (stepText === undefined ? first : most) : valueOf(to);
    const valid = rest.length === 0 && others.length === 0 && Number.isInteger(step) && step > 0;
    if (!valid || !(first >= least) || !(last <= most) || first > last) return undefined;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}

interface Clock {
  year: number;
  month: number;
  day: number;
  weekday: number;
}

/** A schedule like 30 February never comes; four years and a leap day are far enough to look. */
const mostDays = 366 * 5;

/**
 * The next times (RFC 3339) after `after` (ms), in a time zone (IANA name). Wall clock times that a change to summer time skips are left out.
 * Empty for a zone that is not known. Pure.
 */
export function nextRuns(schedule: Schedule, timeZone: string, after: number, count: number): string[] {
  const zone = zoneOffsets(timeZone);
  if (!zone) return [];
  const start = new Date(after + zone(after));
  const runs: string[] = [];
  for (let day = 0; day < mostDays && runs.length < count; day += 1) {
    const date = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate() + day));
    const clock = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      weekday: date.getUTCDay(),
    };
    if (matchesDay(schedule, clock)) addRuns({ schedule, zone, after, count }, date.getTime(), runs);
  }
  return runs;
}

function addRuns(
  search: { schedule: Schedule; zone: (ms: number) => number; after: number; count: number },
  midnight: number,
  runs: string[],
): void {
  const { schedule, zone, after, count } = search;
  for (const hour of sorted(schedule.hours)) {
    for (const minute of sorted(schedule.minutes)) {
      const wall = midnight + (hour * 60 + minute) * 60_000;
      const time = wall - zone(wall - zone(wall));
      if (time <= after || time + zone(time) !== wall) continue;
      if (runs.length < count) runs.push(new Date(time).toISOString());
    }
  }
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}

function matchesDay(schedule: Schedule, { month, day, weekday }: Clock): boolean {
  if (!schedule.months.has(month)) return false;
  const byDay = schedule.days.has(day);
  const byWeekday = schedule.weekdays.has(weekday);
  return schedule.anyDay || schedule.anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}

/** How far (ms) the wall clock of a zone is ahead of UTC at a time; undefined when the zone is not known. */
function zoneOffsets(timeZone: string): ((ms: number) => number) | undefined {
  if (timeZone === "UTC" || timeZone === "Etc/UTC") return () => 0;
  let format: Intl.DateTimeFormat;
  try {
    const numeric = "numeric";
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    return undefined;
  }
  return (ms) => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  };
}
