// Days, times, zones, names of events and differences of texts, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { moment, parseDay, parseTime } from "../../../extension/calendar/clock.ts";
import { eidOfAddress, eventOf, isEditor } from "../../../extension/calendar/eid.ts";
import { difference } from "../../../extension/calendar/fill.ts";

test("times of day as they are shown", () => {
  const shown: Record<string, number | undefined> = {
    ...{
      "2:30pm": 870,
      "12am": 0,
      "12:15 AM": 15,
      "12pm": 720,
      "14:30": 870,
      "14.30 Uhr": 870,
      "0:05": 5,
      "9 a.m.": 540,
    },
    ...{
      "午後2:30": 870,
      "下午 2:30": 870,
      "오후 2:30": 870,
      "２:３０ｐｍ": 870,
      "14時30": 870,
      "١٤:٣٠": 870,
      "2:30 μ.μ.": 870,
    },
    ...{ "": undefined, noon: undefined, "25:00": undefined, "14:75": undefined, "2026-11-24": undefined },
  };
  for (const [text, minutes] of Object.entries(shown)) assert.equal(parseTime(text), minutes, text);
});

test("days", () => {
  assert.deepEqual(parseDay("20261124"), { year: 2026, month: 11, day: 24 });
  assert.deepEqual(parseDay("2026-11-24"), { year: 2026, month: 11, day: 24 });
  for (const text of ["", "20261324", "Nov 24", "202611241"]) assert.equal(parseDay(text), undefined, text);
});

test("moments carry their zone's offset, on both sides of a change of the clocks", () => {
  const day = (month: number, date: number) => ({ year: 2026, month, day: date });
  assert.equal(moment(day(11, 24), 870, "Europe/London"), "2026-11-24T14:30:00+00:00");
  assert.equal(moment(day(7, 1), 870, "Europe/Berlin"), "2026-07-01T14:30:00+02:00");
  assert.equal(moment(day(3, 29), 90, "Europe/Berlin"), "2026-03-29T01:30:00+01:00");
  assert.equal(moment(day(3, 29), 240, "Europe/Berlin"), "2026-03-29T04:00:00+02:00");
  assert.equal(moment(day(10, 25), 240, "Europe/Berlin"), "2026-10-25T04:00:00+01:00");
  assert.equal(moment(day(1, 5), 570, "Asia/Kolkata"), "2026-01-05T09:30:00+05:30");
  assert.equal(moment(day(1, 5), 570, "America/New_York"), "2026-01-05T09:30:00-05:00");
});

test("events by their names", () => {
  const name = (text: string) => Buffer.from(text).toString("base64url");
  assert.deepEqual(eventOf(name("abcde12 ada@example.com")), { calendar: "ada@example.com", eventId: "abcde12" });
  assert.equal(eventOf(name("abcde12 ada@m"))?.calendar, "ada@gmail.com");
  assert.equal(eventOf(name("abcde12 ada@m"), "ada@example.com")?.calendar, "ada@example.com");
  assert.equal(eventOf(name("abcde12 team@g"), "ada@example.com")?.calendar, "team@group.calendar.google.com");
  for (const other of ["", "abcde12", "abcde12 nobody", "a b c@d.e", "<b> ada@example.com"]) {
    assert.equal(eventOf(name(other)), undefined, other);
  }
  assert.equal(eventOf("%%%"), undefined);
});

test("addresses of the editor", () => {
  const eid = Buffer.from("abcde12 ada@example.com").toString("base64url");
  assert.equal(eidOfAddress(`/calendar/u/0/r/eventedit/${eid}`), eid);
  for (const path of ["/calendar/u/0/r/eventedit", "/calendar/r/week", `/calendar/r/eventedit/duplicate/${eid}`]) {
    assert.equal(eidOfAddress(path), "", path);
  }
  assert.equal(isEditor("/calendar/u/0/r/eventedit"), true);
  assert.equal(isEditor("/calendar/u/0/r/week"), false);
});

test("only what differs is changed", () => {
  assert.equal(difference("a", "a"), undefined);
  assert.deepEqual(difference("Agenda", "Block\n\nAgenda"), { from: 0, to: 0, text: "Block\n\n" });
  assert.deepEqual(difference("Block\n\nAgenda", "Agenda"), { from: 0, to: 7, text: "" });
  assert.deepEqual(difference("see /j/1?x end", "see /j/22?x end"), { from: 7, to: 8, text: "22" });
  assert.deepEqual(difference("aa", "aaa"), { from: 2, to: 2, text: "a" });
});
