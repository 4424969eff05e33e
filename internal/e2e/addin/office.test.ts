// What is begun in Office ends with its signal, also when that comes early.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askInDialog, onChange } from "../../../addin/office.ts";

const turn = () => new Promise((done) => setImmediate(done));
const succeeded = (value: unknown) => ({ status: "succeeded" as const, value });

test("a dialog that opens after it was given up is closed again", async () => {
  let closed = 0;
  let opened: (result: unknown) => void = () => undefined;
  const displayDialogAsync = (_address: string, _size: unknown, done: typeof opened) => {
    opened = done;
  };
  Object.assign(globalThis, { Office: { context: { ui: { displayDialogAsync } }, EventType: {} } });
  const life = new AbortController();
  const said = askInDialog("https://rooms.example.com/addin/sign-in", life.signal);
  await turn();
  life.abort();
  opened(succeeded({ close: () => closed++, addEventHandler: () => undefined }));
  assert.equal(await said, undefined);
  assert.equal(closed, 1);
});

test("who no longer listens is not put in the place of who does", async () => {
  const events: string[] = [];
  const item = {
    addHandlerAsync: (event: string, _then: () => void, done: (result: unknown) => void) => {
      events.push(`+${event}`);
      life.abort();
      setImmediate(() => done(succeeded(undefined)));
    },
    removeHandlerAsync: (event: string, done: (result: unknown) => void) => {
      events.push(`-${event}`);
      setImmediate(() => done(succeeded(undefined)));
    },
  };
  const life = new AbortController();
  Object.assign(globalThis, { Office: { context: { mailbox: { item } }, EventType: {} } });
  assert.equal(await onChange(() => undefined, life.signal), false);
  await turn();
  const removed = ["AppointmentTimeChanged", "RecipientsChanged", "RecurrenceChanged"].map((event) => `-${event}`);
  assert.deepEqual(events, ["+AppointmentTimeChanged", ...removed]);
});
