// The badge on the button: a calendar has to be connected again, and only the person can do it.
import type { Calendar } from "../internal/web/client/api.ts";
import { browser } from "./browser.ts";
import { mustReconnect } from "./reconnect.ts";
import { desk, isSignedOut } from "./session.ts";
import { say } from "./words.ts";

const alarm = "calendars";

/** Looks after the badge: now, and every half hour, since nobody opens a pop-up to find out that something is wrong. */
export function keepBadge(): void {
  browser.alarms.onAlarm.addListener(({ name }) => void (name === alarm && look()));
  browser.runtime.onStartup.addListener(() => void look());
  browser.runtime.onInstalled.addListener(() => void look());
}

async function look(): Promise<void> {
  const { origin, session, api } = await desk();
  if (!origin || !(await session.known())) return tend([]);
  const calendars = await api.calendars().catch((thrown) => (isSignedOut(thrown) ? [] : undefined));
  if (calendars) await tend(calendars); // a server that is down has nothing new to tell
}

/** Shows or takes away the badge, and looks again in a while as long as there are calendars. */
export async function tend(calendars: Calendar[]): Promise<void> {
  const wrong = calendars.some(mustReconnect);
  await browser.action.setBadgeText({ text: wrong ? "!" : "" });
  await browser.action.setTitle({ title: wrong ? say("badgeReconnect") : say("name") });
  if (wrong) await browser.action.setBadgeBackgroundColor({ color: "#9c231b" });
  await browser.alarms.create(alarm, { periodInMinutes: 30 });
}
