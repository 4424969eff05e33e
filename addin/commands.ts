// The button of one click and the event of a new appointment: one classic script that runs where there is no page too.
import { within } from "../internal/web/client/deadline.ts";
import { asProblem } from "../internal/web/client/problem.ts";
import { InSeries } from "./invite.ts";
import { associate, item, language, notify, onPremises, ready } from "./office.ts";
import { openParlor, type Parlor, signIn } from "./signin.ts";
import { saidOf, troubleOf } from "./telling.ts";
import { type Words, wordsFor } from "./words.ts";

const longest = 40_000; // phones stop a command after a minute
const longestDialog = 4 * 60_000;
const longestEvent = 60_000;

/** Whatever happens, Office is told that it is over: otherwise its bar says "working on your request" for ever. */
async function ended(event: OfficeCommandEvent, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    await tell(troubleOf(thrown, wordsFor(language())), true);
  } finally {
    event.completed();
  }
}

/** A notice that hangs must not keep the command open. */
async function tell(text: string, bad: boolean): Promise<void> {
  await Promise.race([notify(text, bad), new Promise((late) => setTimeout(late, 3_000))]);
}

/** "Add a Parlor meeting": inserts or refreshes with the saved settings. */
function addParlorMeeting(event: OfficeCommandEvent): Promise<void> {
  return ended(event, async () => {
    const words = wordsFor(language());
    if (onPremises()) return tell(words.onPremisesShort, true);
    const parlor = openParlor();
    if (!(await parlor.session.known()) && !(await signedInNow(parlor, words))) return;
    try {
      await add(parlor, words);
    } catch (thrown) {
      if (asProblem(thrown).kind !== "signed_out" || !(await signedInNow(parlor, words))) throw thrown;
      await add(parlor, words);
    }
  });
}

async function add(parlor: Parlor, words: Words): Promise<void> {
  try {
    const outcome = await within(longest, undefined, (signal) => parlor.desk.insert({}, signal));
    await tell(saidOf(outcome, words), false);
  } catch (thrown) {
    if (!(thrown instanceof InSeries)) throw thrown;
    await tell(words.inSeries, false);
  }
}

/** Opens the dialog where that is possible; otherwise says what to do. */
async function signedInNow(parlor: Parlor, words: Words): Promise<boolean> {
  const end = await within(longestDialog, undefined, (signal) => signIn(parlor, signal));
  if (end !== "done") await tell(end === "blocked" ? words.signInInPane : words.signInNotDone, end !== "closed");
  return end === "done";
}

/** A new appointment is opened: inserts by itself where the settings say so. It opens no dialog and says no word. */
async function onNewAppointmentOrganizer(event: OfficeCommandEvent): Promise<void> {
  try {
    const parlor = openParlor();
    if (!item() || onPremises() || !(await parlor.session.known())) return;
    await within(longestEvent, undefined, async (signal) => {
      const { settings } = await parlor.api.settings(signal);
      if (settings.auto_add === "always" && !settings.paused) await parlor.desk.insert({}, signal);
    });
  } catch {
    // Nobody asked for anything, so nobody is told; the server adds the link when the event is saved.
  } finally {
    event.completed();
  }
}

associate("addParlorMeeting", addParlorMeeting);
associate("onNewAppointmentOrganizer", onNewAppointmentOrganizer);
if (typeof document !== "undefined") void ready();
