// What the worker answers to each ask. Tokens stay here: nothing that is answered holds one.
import type { InvitationAsk } from "../internal/web/client/api.ts";
import { Problem } from "../internal/web/client/problem.ts";
import { tend } from "./badge.ts";
import { browser } from "./browser.ts";
import type { Asks, ContentAsks, EventFields, PageAsks, WhoAmI } from "./messages.ts";
import { dropDraft } from "./popup/draft.ts";
import { generic, isParlor, keepServer, originOf, server } from "./server.ts";
import { desk, isSignedOut, signIn, signOut } from "./session.ts";
import { NotParlor, NotSetUp } from "./trouble.ts";

type Answering<All extends keyof Asks> = { [K in All]: (ask: Asks[K]["ask"]) => Promise<Asks[K]["answer"]> };

/** What content scripts are answered. */
export const contentAnswers: Answering<keyof ContentAsks> = {
  whoami,
  preview: async ({ event, usePMI, number }) => {
    const { api } = await there();
    return api.invite({ ...invitation(event, usePMI, number), format: "text", preview: true });
  },
  invite: async ({ event, texts, usePMI, number, key }) => {
    const { api } = await there();
    const { format, body: current_body, location: current_location } = texts;
    return api.invite({
      ...invitation(event, usePMI, number),
      format,
      current_body,
      current_location,
      idempotency_key: key,
    });
  },
  remove: async ({ texts, number }) => {
    const { api } = await there();
    const { format, body: current_body, location: current_location } = texts;
    return api.remove({ format, current_body, current_location, ...(number ? { meeting_number: number } : {}) });
  },
  removeSaved: async ({ number }) => {
    await (await there()).api.removeMeeting(number);
    return {};
  },
  link: async ({ calendar, eventId }) => {
    const { api } = await there();
    return orNull(api.link(calendar, eventId));
  },
  addLink: async ({ calendar, eventId, usePMI }) => {
    const { api } = await there();
    return api.addLink({ calendar, event_id: eventId, ...(usePMI === undefined ? {} : { use_pmi: usePMI }) });
  },
  copyLink: async () => ({ joinUrl: (await (await there()).api.room()).join_url }),
  signIn: async () => {
    await there();
    await signIn();
    return changed();
  },
  openOptions: async () => {
    await browser.runtime.openOptionsPage();
    return {};
  },
};

/** What the extension's own pages are answered besides. */
export const pageAnswers: Answering<keyof PageAsks> = {
  home: async () => {
    const { api } = await there();
    const [person, room, tagged, meetings, calendars] = await Promise.all([
      api.person(),
      api.room(),
      api.settings(),
      api.meetings(),
      api.calendars(),
    ]);
    await tend(calendars);
    return { person, room, tagged, next: meetings[0] ?? null, calendars };
  },
  settings: async () => {
    const { api } = await there();
    const [person, tagged] = await Promise.all([api.person(), api.settings()]);
    return { person, tagged };
  },
  saveSettings: async ({ etag, change }) => {
    const saved = await (await there()).api.saveSettings(etag, change);
    void tell();
    return saved;
  },
  schedule: async ({ event }) => (await there()).api.schedule(event),
  start: async ({ usePMI }) => (await there()).api.start(usePMI),
  signOut: async () => {
    await signOut();
    await dropDraft(); // it is nobody else's
    await tend([]);
    return changed();
  },
  setServer: async ({ address }) => {
    const origin = originOf(address);
    if (!generic || !origin) throw new NotParlor(address);
    if (!(await isParlor(origin).catch(() => false))) throw new NotParlor(origin);
    if (origin !== (await server())) await signOut().catch(() => undefined);
    await keepServer(origin);
    return changed();
  },
};

async function there() {
  const found = await desk();
  if (!found.origin) throw new NotSetUp("no server was entered");
  return found;
}

async function whoami(): Promise<WhoAmI> {
  const { origin, session, api } = await desk();
  if (!origin || !(await session.known())) return { signedIn: false, server: origin };
  try {
    const [person, { settings }, room] = await Promise.all([api.person(), api.settings(), api.room()]);
    const locked = settings.locked["use_pmi_for_scheduled"];
    const known = { person, usePMI: settings.use_pmi_for_scheduled, pmi: room.pmi };
    return { signedIn: true, server: origin, ...known, ...(locked ? { lockedPMI: locked } : {}) };
  } catch (thrown) {
    if (isSignedOut(thrown)) return { signedIn: false, server: origin };
    throw thrown;
  }
}

function invitation(event: EventFields, usePMI?: boolean, number?: string): Omit<InvitationAsk, "format"> {
  const { title, start, end, zone, guests, recurrence } = event;
  return {
    title,
    start,
    end,
    attendees: guests,
    recurrence,
    ...(zone ? { time_zone: zone } : {}),
    ...(usePMI === undefined ? {} : { use_pmi: usePMI }),
    ...(number ? { meeting_number: number } : {}),
  };
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.kind === "missing") return null;
    throw thrown;
  }
}

/** Who is signed in now, after telling the open calendars that it has changed. */
async function changed(): Promise<WhoAmI> {
  void tell();
  return whoami();
}

async function tell(): Promise<void> {
  for (const { id } of await browser.tabs.query({})) {
    if (id !== undefined) browser.tabs.sendMessage(id, { kind: "changed" }).catch(() => undefined); // no script of ours there
  }
}
