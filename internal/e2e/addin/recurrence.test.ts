// Outlook's recurrence as RFC 5545 writes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Pattern, ruleLines } from "../../../addin/recurrence.ts";

process.env["TZ"] = "America/Los_Angeles"; // the last day ends later than in UTC

const cases: [string, Pattern, string[]][] = [
  ["every day", { type: "daily", interval: 1 }, ["RRULE:FREQ=DAILY"]],
  ["every third day", { type: "daily", interval: 3 }, ["RRULE:FREQ=DAILY;INTERVAL=3"]],
  ["every working day", { type: "weekday" }, ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]],
  [
    "every second week on two days, until a day",
    { type: "weekly", interval: 2, days: ["mon", "thu"], firstDayOfWeek: "sun", endDate: "2026-12-24" },
    ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU;UNTIL=20261225T075959Z"],
  ],
  ["days as the documentation also writes them", { type: "weekly", days: ["Tue"] }, ["RRULE:FREQ=WEEKLY;BYDAY=TU"]],
  ["on the 31st", { type: "monthly", interval: 1, dayOfMonth: 31 }, ["RRULE:FREQ=MONTHLY;BYMONTHDAY=31"]],
  [
    "on the last Friday",
    { type: "monthly", interval: 1, weekNumber: "last", dayOfWeek: "fri" },
    ["RRULE:FREQ=MONTHLY;BYDAY=-1FR"],
  ],
  [
    "on the first working day",
    { type: "monthly", interval: 1, weekNumber: "first", dayOfWeek: "weekday" },
    ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"],
  ],
  [
    "every 29 February",
    { type: "yearly", dayOfMonth: 29, month: "feb" },
    ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"],
  ],
  [
    "every second Sunday in May",
    { type: "yearly", month: "may", weekNumber: "second", dayOfWeek: "sun" },
    ["RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"],
  ],
  ["a year without its month", { type: "yearly", dayOfMonth: 1 }, []],
  ["a month without its day", { type: "monthly" }, []],
];

for (const [name, pattern, lines] of cases) test(name, () => assert.deepEqual(ruleLines(pattern), lines));
