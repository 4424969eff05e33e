// A toy Outlook and a toy server for tests without a browser: an appointment in memory, and /v1 as far as an invitation
// goes. What a real Outlook does beyond this is the stand-in's to show.
type Done<T> = (result: {
  status: "succeeded" | "failed";
  value: T;
  error?: { code: number; message: string };
}) => void;

export const origin = "https://rooms.example.com";

/** An appointment, and the ways in which its Outlook is not like the others. */
export interface Toy {
  body: string;
  location: string;
  places: { id: string; type: string }[];
  stamp: string | undefined;
  notices: { type: string; message: string }[];
  calls: string[];
  most: number; // calls in flight at once
  fails: Set<string>;
  hangs: Set<string>;
  deaf: boolean; // prepending does nothing
  before: Record<string, () => void>; // what happens just before a call
}

/** Puts a toy Outlook where Office is looked for. */
export function install(
  options: { enhanced?: boolean; occurrence?: boolean; accountType?: string; owner?: string } = {},
): Toy {
  const toy: Toy = {
    ...{ body: "<p>Agenda</p>", location: "", places: [], stamp: undefined, notices: [], calls: [], most: 0 },
    ...{ fails: new Set<string>(), hangs: new Set<string>(), deaf: false, before: {} },
  };
  let flying = 0;
  const answer = <T>(name: string, done: Done<T>, value: () => T) => {
    toy.calls.push(name);
    toy.most = Math.max(toy.most, ++flying);
    if (toy.hangs.has(name)) return;
    setImmediate(() => {
      flying--;
      toy.before[name]?.();
      if (toy.fails.has(name)) done({ status: "failed", value: value as T, error: { code: 5001, message: "no" } });
      else done({ status: "succeeded", value: value() });
    });
  };
  const readable = <T>(name: string, value: () => T) => ({ getAsync: (done: Done<T>) => answer(name, done, value) });
  const write =
    (name: string, change: (text: string) => void) =>
    (text: string, ...rest: unknown[]) =>
      answer(name, rest.at(-1) as Done<void>, () => change(text));
  const properties = {
    get: () => toy.stamp,
    set: (_: string, value: string) => {
      toy.stamp = value;
    },
    saveAsync: (done: Done<void>) => answer("saveAsync", done, () => undefined),
  };
  const item = {
    subject: readable("subject", () => "Review"),
    start: readable("start", () => new Date("2026-11-24T14:00:00Z")),
    end: readable("end", () => new Date("2026-11-24T14:30:00Z")),
    requiredAttendees: readable("required", () => [{ emailAddress: "bob@example.com" }]),
    optionalAttendees: readable("optional", () => []),
    seriesId: options.occurrence ? "series" : null,
    body: {
      getTypeAsync: (done: Done<string>) => answer("getType", done, () => "html"),
      getAsync: (_: string, done: Done<string>) => answer("getBody", done, () => toy.body),
      prependAsync: write("prepend", (text) => {
        if (!toy.deaf) toy.body = text + toy.body;
      }),
      setAsync: write("setBody", (text) => {
        toy.body = text;
      }),
    },
    location: {
      ...readable("location", () => toy.location),
      setAsync: write("setLocation", (text) => {
        toy.location = text;
      }),
    },
    loadCustomPropertiesAsync: (done: Done<typeof properties>) => answer("properties", done, () => properties),
    notificationMessages: {
      replaceAsync: (_: string, notice: Toy["notices"][number], done: Done<void>) =>
        answer("notify", done, () => void toy.notices.push(notice)),
    },
    ...(options.owner && {
      getSharedPropertiesAsync: (done: Done<unknown>) => answer("shared", done, () => ({ owner: options.owner })),
    }),
    ...(options.enhanced && { enhancedLocation: enhanced(toy, answer) }),
  };
  const userProfile = { emailAddress: "ada@example.com", accountType: options.accountType ?? "office365" };
  const actions = { associate: () => undefined };
  const context = { displayLanguage: "en-GB", mailbox: { item, userProfile } };
  Object.assign(globalThis, { Office: { context, actions, EventType: {} }, PARLOR_ORIGIN: origin });
  return toy;
}

function enhanced(toy: Toy, answer: <T>(name: string, done: Done<T>, value: () => T) => void) {
  type Places = Toy["places"];
  return {
    getAsync: (done: Done<{ locationIdentifier: Places[number] }[]>) =>
      answer("places", done, () => toy.places.map((place) => ({ locationIdentifier: place }))),
    addAsync: (added: Places, done: Done<void>) => answer("addPlace", done, () => void toy.places.push(...added)),
    removeAsync: (gone: Places, done: Done<void>) =>
      answer("removePlace", done, () => {
        toy.places = toy.places.filter((place) => !gone.some(({ id }) => id === place.id));
      }),
  };
}

/** What was asked of the toy server. */
export interface Asked {
  path: string;
  body: Record<string, unknown>;
}

/** Answers as the API does; each path can be given another answer. */
export function serve(answers: Record<string, (asked: Asked) => Response> = {}): Asked[] {
  const list: Asked[] = [];
  let number = 98765432100;
  const invitation = ({ body }: Asked) => {
    const current = body["current_body"] as string | undefined;
    const claimed = (body["meeting_number"] as string | undefined) ?? String(++number);
    const link = `${origin}/j/2345678901?pwd=x&omn=${claimed}`;
    const text = `<i>${link.replace("&", "&amp;")}</i>`;
    const replaced = /<i>.*<\/i>/.test(current ?? "");
    const merged =
      current === undefined ? {} : { merged_body: replaced ? current.replace(/<i>.*<\/i>/, text) : text + current };
    const why = { code: "pmi_setting", text: "Your personal room." };
    const rest = { location: link, meeting_number: claimed, kind: "pmi", why, stamp: `v1 n=${claimed} k=pmi` };
    return Response.json({ join_url: link, body: text, replaced, ...merged, ...rest });
  };
  const usual: Record<string, (asked: Asked) => Response> = {
    "/oauth/token": () => Response.json({ access_token: "a", refresh_token: "r", expires_in: 600 }),
    "/v1/settings": () => Response.json({ auto_add: "always", paused: false }),
    "/v1/invitations": invitation,
  };
  globalThis.fetch = async (input, init) => {
    const path = new URL(String(input)).pathname;
    const text = String(init?.body ?? "");
    const asked = { path, body: text.startsWith("{") ? (JSON.parse(text) as Asked["body"]) : {} };
    list.push(asked);
    return (answers[path] ?? usual[path] ?? (() => new Response("", { status: 404 })))(asked);
  };
  return list;
}

/** Signs somebody in, or nobody, where the add-in looks for a refresh token. */
export function storage(token?: string): void {
  const held = new Map(token ? [["parlor:refresh", token]] : []);
  const localStorage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => held.set(key, value),
    removeItem: (key: string) => held.delete(key),
  };
  Object.assign(globalThis, { localStorage });
}
