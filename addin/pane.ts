// The task pane, "Schedule a meeting".
import { language, ready } from "./office.ts";
import { unsupported } from "./pane/notices.ts";
import { schedule } from "./pane/schedule.ts";
import { settings } from "./pane/settings.ts";
import { found, Stage } from "./pane/stage.ts";
import { start } from "./pane/start.ts";
import { openParlor } from "./signin.ts";
import { wordsFor } from "./words.ts";

const life = new AbortController();
addEventListener("pagehide", (event) => event.persisted || life.abort(), { signal: life.signal });

async function open(): Promise<void> {
  const where = await ready();
  const words = wordsFor(where === "no_script" ? navigator.language : language());
  document.documentElement.lang = words.language;
  document.title = `${words.title} · Parlor`;
  const stage = new Stage(openParlor(), words, life.signal);
  if (where !== "outlook") return unsupported(stage, where);
  const ways = { "open-start": [words.newMeeting, start], "open-settings": [words.settings, settings] } as const;
  for (const [id, [label, go]] of Object.entries(ways)) {
    const way = found(id);
    way.textContent = label;
    way.addEventListener("click", () => void go(stage), { signal: life.signal });
  }
  await schedule(stage);
}

void open();
