import { parseSchedule, type Schedule } from "./schedule.ts";

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** "At 03:30 on Monday and Friday"; null when the schedule has no five fields that can be read. Pure. */
export function scheduleWords(text: string): string | null {
  const every = /^@every\s+(\S+)$/.exec(text.trim());
  if (every) return `Every ${every[1] ?? ""}`;
  const schedule = parseSchedule(text);
  return schedule
    ? [timeWords(schedule), dayWords(schedule), monthWords(schedule)].filter(Boolean).join(" ")
    : null;
}

function timeWords({ minutes, hours }: Schedule): string {
  const step = stepOf(minutes, 60);
  const between = hours.size === 24 ? "" : ` ${hourWords(hours)}`;
  if (step === 1) return `Every minute${between}`;
  if (step !== undefined) return `Every ${step} minutes${between}`;
  const atMinutes = listWords(sorted(minutes).map((minute) => `:${pad(minute)}`));
  const hourStep = stepOf(hours, 24);
  if (hourStep === 1)
    return minutes.size === 1 && minutes.has(0) ? "Every hour" : `Every hour at ${atMinutes}`;
  if (hourStep !== undefined && hours.size > 1) return `Every ${hourStep} hours at ${atMinutes}`;
  if (minutes.size * hours.size <= 6) {
    const times = sorted(hours).flatMap((hour) =>
      sorted(minutes).map((minute) => `${pad(hour)}:${pad(minute)}`),
    );
    return `At ${listWords(times)}`;
  }
  return `At ${atMinutes}${between}`;
}

function hourWords(hours: ReadonlySet<number>): string {
  const range = rangeOf(hours);
  if (range) return `from ${pad(range[0])}:00 to ${pad(range[1])}:59`;
  return `in the hours ${listWords(sorted(hours).map((hour) => `${pad(hour)}:00`))}`;
}

function dayWords({ days, weekdays, anyDay, anyWeekday }: Schedule): string {
  const byDay =
    anyDay && days.size === 31 ? "" : `on day ${listWords(sorted(days).map(String))} of the month`;
  const byWeekday = anyWeekday && weekdays.size === 7 ? "" : `on ${weekdayWords(weekdays)}`;
  if (!byDay && !byWeekday) return "";
  return byDay && byWeekday ? `${byDay} or ${byWeekday}` : byDay || byWeekday;
}

function weekdayWords(weekdays: ReadonlySet<number>): string {
  const range = rangeOf(weekdays);
  if (range && weekdays.size > 2) return `${dayNames[range[0]] ?? ""} to ${dayNames[range[1]] ?? ""}`;
  return listWords(sorted(weekdays).map((day) => dayNames[day] ?? ""));
}

function monthWords({ months }: Schedule): string {
  if (months.size === 12) return "";
  return `in ${listWords(sorted(months).map((month) => monthNames[month - 1] ?? ""))}`;
}

/** n when the values are 0, n, 2n … up to the end. */
function stepOf(values: ReadonlySet<number>, end: number): number | undefined {
  const [first, second] = sorted(values);
  if (first !== 0) return undefined;
  const step = second ?? end;
  if (step === end) return undefined;
  return values.size === Math.ceil(end / step) &&
    sorted(values).every((value, index) => value === index * step)
    ? step
    : undefined;
}

/** First and last when nothing is left out between them and there are at least two. */
function rangeOf(values: ReadonlySet<number>): [number, number] | undefined {
  const all = sorted(values);
  const first = all[0];
  const last = all.at(-1);
  if (first === undefined || last === undefined || all.length < 2) return undefined;
  return last - first + 1 === all.length ? [first, last] : undefined;
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function listWords(words: string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
