// The worker in Chrome, the event page in Firefox: stopped when idle, started by whatever it listens to.
import { keepBadge } from "./badge.ts";
import { browser } from "./browser.ts";
import { hear } from "./hearing.ts";
import { generic } from "./server.ts";

hear();
keepBadge();

browser.runtime.onInstalled.addListener(({ reason }) => {
  if (generic && reason === "install") void browser.runtime.openOptionsPage(); // which asks for the server
});
