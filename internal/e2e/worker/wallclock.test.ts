// What a clock on the wall means, also where clocks change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, nextHalfHour, wallOf } from "../../../extension/wallclock.ts";

test("a day and a time in a zone are one instant", () => {
  const cases: [string, string, string, string][] = [
    ["2026-11-24", "14:00", "UTC", "2026-11-24T14:00:00.000Z"],
    ["2026-11-24", "14:00", "Europe/Berlin", "2026-11-24T13:00:00.000Z"],
    ["2026-07-24", "14:00", "Europe/Berlin", "2026-07-24T12:00:00.000Z"],
    ["2026-11-24", "00:30", "Asia/Kolkata", "2026-11-23T19:00:00.000Z"],
    ["2026-11-24", "23:30", "America/Los_Angeles", "2026-11-25T07:30:00.000Z"],
    ["2026-11-24", "08:00", "Pacific/Kiritimati", "2026-11-23T18:00:00.000Z"],
    ["2027-03-28", "02:30", "Europe/Berlin", "2027-03-28T01:30:00.000Z"], // skipped: as long after the change
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"], // twice: the first
    ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
    ["2027-03-14", "01:59", "America/New_York", "2027-03-14T06:59:00.000Z"],
  ];
  for (const [day, time, zone, instant] of cases) {
    assert.equal(instantOf(day, time, zone).toISOString(), instant, `${day} ${time} ${zone}`);
  }
});

test("it leads back, except where clocks skip", () => {
  for (const zone of ["UTC", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"]) {
    for (let hour = 0; hour < 24 * 400; hour += 7) {
      const at = new Date(Date.UTC(2026, 0, 1, hour));
      const { day, time } = wallOf(at, zone);
      const again = instantOf(day, time, zone);
      assert.deepEqual(wallOf(again, zone), { day, time }, `${zone} ${at.toISOString()}`);
    }
  }
});

test("a field that is empty gives no instant", () => {
  assert.ok(Number.isNaN(instantOf("", "14:00", "UTC").getTime()));
});

test("the next half hour", () => {
  assert.equal(nextHalfHour(new Date("2026-11-24T14:00:00Z")).toISOString(), "2026-11-24T14:30:00.000Z");
  assert.equal(nextHalfHour(new Date("2026-11-24T14:31:00Z")).toISOString(), "2026-11-24T15:00:00.000Z");
});
