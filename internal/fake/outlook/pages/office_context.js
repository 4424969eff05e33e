// Third part of /office.js: dialogs, Office.context, and the Office object itself. Start reading at build.
import { call, client, from, handlers, home, must, outlook, post, tail, waiting } from "./office_calls.js";
import { item, seriesOf } from "./office_item.js";

/** @type {Map<string, (event: any) => void>} functions of the add-in by name */
const functions = new Map();
/** @type {{ name: string, event: any } | undefined} the function to run */
let job;
/** @type {any} the open dialog's object */
let dialog;

/** @param {string} address @param {any[]} rest */
function displayDialogAsync(address, ...rest) {
  must("startAddress", address, "string");
  const { options, callback } = tail(rest);
  const { width, height, promptBeforeOpen } = options;
  const opened = (/** @type {any} */ result) => {
    const refused = result.error ?? result.value.refused;
    if (refused)
      return callback?.({ status: "failed", error: refused, value: undefined, asyncContext: options.asyncContext });
    dialog = dialogObject();
    callback?.({ ...result, value: dialog.object });
  };
  call(
    "ui.displayDialogAsync",
    { address: new URL(address, location.href).href, width, height, promptBeforeOpen },
    options,
    opened,
  );
}

function dialogObject() {
  /** @type {Map<string, (arg: any) => void>} */
  const heard = new Map();
  const object = {
    addEventHandler: (/** @type {string} */ type, /** @type {(arg: any) => void} */ handler) =>
      heard.set(type, handler),
    close: () => {
      heard.clear();
      call("dialog.close", {}, {}, undefined);
    },
    ...from(9, {
      messageChild: (/** @type {string} */ message) => call("dialog.messageChild", { message }, {}, undefined),
    }),
  };
  return { object, heard };
}

function ui() {
  return {
    displayDialogAsync,
    messageParent: (/** @type {string} */ message) => {
      must("message", message, "string");
      post({ office: "parent", message });
    },
    addHandlerAsync: (
      /** @type {string} */ type,
      /** @type {(arg: any) => void} */ handler,
      /** @type {any[]} */ ...rest
    ) => {
      handlers.set(type, [handler]);
      tail(rest).callback?.({ status: "succeeded" });
    },
    closeContainer: () => post({ office: "close" }),
    openBrowserWindow: (/** @type {string} */ url) => window.open(url, "_blank", "noopener"),
  };
}

function roamingSettings() {
  const values = { ...client.roaming };
  return {
    get: (/** @type {string} */ name) => values[name],
    set: (/** @type {string} */ name, /** @type {any} */ value) => {
      values[name] = value;
    },
    remove: (/** @type {string} */ name) => delete values[name],
    saveAsync: (/** @type {import("./office_calls.js").Callback} */ callback) =>
      call("roamingSettings.saveAsync", { values }, {}, callback),
  };
}

const theme = () =>
  client.dark
    ? {
        bodyBackgroundColor: "#242424",
        bodyForegroundColor: "#f0f0f0",
        controlBackgroundColor: "#333333",
        controlForegroundColor: "#f0f0f0",
        isDarkTheme: true,
      }
    : {
        bodyBackgroundColor: "#ffffff",
        bodyForegroundColor: "#242424",
        controlBackgroundColor: "#f5f5f5",
        controlForegroundColor: "#242424",
        isDarkTheme: false,
      };

/** Makes Office.context once the page said which client this is. */
function build() {
  const { hostName, platform, user } = client;
  const { accountType, ...profile } = user;
  const mailbox = {
    item: item(),
    userProfile: { ...profile, ...(client.onPremises ? { accountType } : from(6, { accountType })) },
    diagnostics: {
      hostName,
      hostVersion: "16.0.18925.20000",
      ...(hostName === "OutlookWebApp" ? { OWAView: "ThreeColumns" } : {}),
    },
    ...from(5, { restUrl: `${home}/api` }),
  };
  const inDialog = client.role === "dialog";
  Object.assign(Office.context, {
    ...(inDialog ? {} : { mailbox, roamingSettings: roamingSettings() }),
    ui: ui(),
    displayLanguage: client.language,
    contentLanguage: client.language,
    touchEnabled: client.mobile,
    partitionKey: client.partitionKey,
    requirements: { isSetSupported },
    ...from(5, {
      platform,
      host: "Outlook",
      diagnostics: { host: "Outlook", platform, version: "16.0.18925.20000" },
    }),
    ...(client.mobile ? {} : from(14, { officeTheme: theme() })),
  });
  if (client.bare && client.role === "event") Object.defineProperty(window, "localStorage", { value: undefined });
  if (client.offline) window.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
}

/** @param {string} name @param {string | number} [version] */
function isSetSupported(name, version = "1.1") {
  if (/^dialogapi$/i.test(name)) return Number(String(version).split(".")[1] ?? 0) <= (client.set >= 9 ? 2 : 1);
  return /^mailbox$/i.test(name) && Number(String(version).split(".")[1] ?? 0) <= client.set;
}

/** Runs the function that a button or an event asked for, once the page has named it. */
function runJob() {
  const wanted = job && functions.get(job.name);
  if (!job || !wanted) return;
  const { event } = job;
  job = undefined;
  wanted({
    ...event,
    completed: (/** @type {any} */ options) => post({ office: "completed", options: options && { ...options } }),
  });
}

/** @type {(info: { host: string | null, platform: string | null }) => void} */
let settle = () => {};
/** @type {Promise<{ host: string | null, platform: string | null }>} */
const ready = new Promise((resolve) => {
  settle = resolve;
});

/** @type {Record<string, (message: any) => void>} */
const hears = {
  welcome: (message) => {
    if (client.office) return;
    Object.assign(client, message);
    build();
    settle({ host: "Outlook", platform: client.platform });
    void ready.then((info) => {
      Office.initialize?.(info);
      post({ office: "ready" });
    });
  },
  result: ({ id, value, error }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.failed(error);
    else call?.done(value);
  },
  event: ({ type, args }) => {
    const given =
      type === "olkAppointmentTimeChanged" ? { ...args, start: new Date(args.start), end: new Date(args.end) } : args;
    for (const handler of handlers.get(type) ?? [])
      handler(type === "olkRecurrenceChanged" ? { ...given, recurrence: seriesOf(given.recurrence) } : given);
  },
  run: ({ name, event }) => {
    job = { name, event };
    runJob();
  },
  dialog: ({ type, arg }) => dialog?.heard.get(type)?.(arg),
  parent: ({ message }) => {
    for (const handler of handlers.get("dialogParentMessageReceived") ?? [])
      handler({ message, origin: location.origin });
  },
};

addEventListener("message", (event) => {
  if (event.origin === home && event.source === outlook) hears[event.data?.office]?.(event.data);
});

const same = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, name]));

// As Office.js does, so that its oldest hosts behave as its newest
// (https://learn.microsoft.com/office/dev/add-ins/reference/window-objects-unsupported-in-add-ins).
Object.assign(history, { pushState: null, replaceState: null });

/** @type {any} */
const Office = {
  context: {},
  initialize: undefined,
  onReady: (/** @type {((info: any) => any) | undefined} */ callback) =>
    ready.then((info) => {
      callback?.(info);
      return info;
    }),
  actions: {
    associate: (/** @type {string} */ name, /** @type {(event: any) => void} */ action) => {
      must("actionId", name, "string");
      must("action", action, "function");
      functions.set(name, action);
      runJob();
    },
  },
  AsyncResultStatus: { Succeeded: "succeeded", Failed: "failed" },
  CoercionType: { Html: "html", Text: "text" },
  HostType: same("Word", "Excel", "PowerPoint", "Outlook", "OneNote", "Project", "Access"),
  PlatformType: same("PC", "OfficeOnline", "Mac", "iOS", "Android", "Universal"),
  EventType: {
    AppointmentTimeChanged: "olkAppointmentTimeChanged",
    RecipientsChanged: "olkRecipientsChanged",
    RecurrenceChanged: "olkRecurrenceChanged",
    EnhancedLocationsChanged: "olkEnhancedLocationsChanged",
    DialogMessageReceived: "dialogMessageReceived",
    DialogEventReceived: "dialogEventReceived",
    DialogParentMessageReceived: "dialogParentMessageReceived",
  },
  MailboxEnums: {
    ItemType: { Message: "message", Appointment: "appointment" },
    LocationType: { Custom: "custom", Room: "room" },
    ItemNotificationMessageType: {
      ProgressIndicator: "progressIndicator",
      InformationalMessage: "informationalMessage",
      ErrorMessage: "errorMessage",
      InsightMessage: "insightMessage",
    },
    RecurrenceType: { Daily: "daily", Weekday: "weekday", Weekly: "weekly", Monthly: "monthly", Yearly: "yearly" },
    DelegatePermissions: { Read: 1, Write: 2, DeleteOwn: 4, DeleteAll: 8, EditOwn: 16, EditAll: 32 },
  },
};
Object.assign(window, { Office });

// Outside Outlook the real script gives up after about half a second and says so with nulls.
if (outlook) {
  post({ office: "hello" });
  setTimeout(() => settle({ host: null, platform: null }), 3000);
} else setTimeout(() => settle({ host: null, platform: null }), 500);
