import { expect, test } from "vitest";
import { nextRuns, parseSchedule } from "./schedule.ts";
import { scheduleWords } from "./schedule-words.ts";

test.for([
  ["* * * * *", "Every minute"],
  ["*/5 * * * *", "Every 5 minutes"],
  ["0 * * * *", "Every hour"],
  ["@hourly", "Every hour"],
  ["15 * * * *", "Every hour at :15"],
  ["0 */6 * * *", "Every 6 hours at :00"],
  ["30 3 * * *", "At 03:30"],
  ["@daily", "At 00:00"],
  ["0 9,17 * * 1-5", "At 09:00 and 17:00 on Monday to Friday"],
  ["0 8 * * mon,fri", "At 08:00 on Monday and Friday"],
  ["0 0 1 * *", "At 00:00 on day 1 of the month"],
  ["0 0 1 jan *", "At 00:00 on day 1 of the month in January"],
  ["0 0 13 * 5", "At 00:00 on day 13 of the month or on Friday"],
  ["*/10 9-17 * * *", "Every 10 minutes from 09:00 to 17:59"],
  ["@every 1h30m", "Every 1h30m"],
])("%s is: %s", ([schedule = "", words]) => expect(scheduleWords(schedule)).toBe(words));

test.for([
  "",
  "* * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "* * * * 8",
  "5-1 * * * *",
  "*/0 * * * *",
  "a * * * *",
  "1- * * * *",
  "1/2/3 * * * *",
])("%s is no schedule", (schedule) => {
  expect(parseSchedule(schedule)).toBeUndefined();
  expect(scheduleWords(schedule)).toBeNull();
});

function next(schedule: string, zone: string, after: string, count = 3): string[] {
  const parsed = parseSchedule(schedule);
  if (!parsed) throw new Error(schedule);
  return nextRuns(parsed, zone, Date.parse(after), count);
}

test("next runs, strictly after the given time", () => {
  expect(next("*/15 * * * *", "UTC", "2026-03-01T10:15:00Z")).toEqual([
    "2026-03-01T10:30:00.000Z",
    "2026-03-01T10:45:00.000Z",
    "2026-03-01T11:00:00.000Z",
  ]);
  expect(next("0 0 29 2 *", "UTC", "2026-03-01T00:00:00Z", 1)).toEqual(["2028-02-29T00:00:00.000Z"]);
  expect(next("0 0 30 2 *", "UTC", "2026-03-01T00:00:00Z", 1)).toEqual([]);
  expect(next("0 12 13 * 5", "UTC", "2026-02-10T00:00:00Z")).toEqual([
    "2026-02-13T12:00:00.000Z",
    "2026-02-20T12:00:00.000Z",
    "2026-02-27T12:00:00.000Z",
  ]);
  expect(next("0 0 * * 7", "UTC", "2026-02-10T00:00:00Z", 1)).toEqual(["2026-02-15T00:00:00.000Z"]);
});

test("a time zone's own clock decides, across the change to summer time", () => {
  expect(next("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z")).toEqual([
    "2026-03-28T01:30:00.000Z",
    // 29 March has no 02:30 there.
    "2026-03-30T00:30:00.000Z",
    "2026-03-31T00:30:00.000Z",
  ]);
  expect(next("0 9 * * *", "America/New_York", "2026-01-01T14:00:00Z", 1)).toEqual([
    "2026-01-02T14:00:00.000Z",
  ]);
  expect(next("0 0 * * *", "Asia/Kolkata", "2026-01-01T18:29:00Z", 1)).toEqual(["2026-01-01T18:30:00.000Z"]);
  expect(next("0 0 * * *", "No/Where", "2026-01-01T00:00:00Z")).toEqual([]);
});
