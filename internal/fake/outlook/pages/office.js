// Stand-in for Microsoft's Office.js, for pages of an Outlook add-in that run inside this stand-in for Outlook. The
// signatures are those of @types/office-js 1.0.612; what is not in the client's Mailbox set is undefined, as in Outlook.
// Everything is asked of the appointment's page by postMessage. Start reading at build.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(script.src).origin;
  const outlook = window.parent === window ? window.opener : window.parent;

  /** @typedef {(result: any) => void} Callback */
  /** @type {Map<number, { done: (value: any) => void, failed: (error: any) => void, counts: boolean }>} */
  const waiting = new Map();
  /** @type {Map<string, ((args: any) => void)[]>} */
  const handlers = new Map();
  /** @type {Map<string, (event: any) => void>} */
  const functions = new Map();
  /** @type {any} what the page said this client is */
  let client;
  let last = 0;
  /** @type {any} the open dialog's object */
  let dialog;
  /** @type {{ name: string, event: any } | undefined} */
  let job;

  /** @param {object} message */
  const post = (message) => outlook?.postMessage(message, home);

  /** A wrong argument, thrown at once as Outlook's Sys.* exceptions are. @param {string} kind @param {string} words */
  const wrong = (kind, words) => Object.assign(new Error(`Sys.${kind}Exception: ${words}`), { name: `Sys.${kind}Exception` });

  /** @param {string} name @param {unknown} value @param {string} type @param {number} [most] characters */
  function must(name, value, type, most) {
    if (value === null || value === undefined) throw wrong("ArgumentNull", `Value cannot be null. Parameter name: ${name}`);
    if (type === "array" ? !Array.isArray(value) : typeof value !== type) {
      throw wrong("ArgumentType", `Object of type '${typeof value}' cannot be converted to type '${type}'. Parameter name: ${name}`);
    }
    if (most !== undefined && String(value).length > most) {
      throw wrong("ArgumentOutOfRange", `Specified argument was out of the range of valid values. Parameter name: ${name}`);
    }
  }

  /** Takes the trailing (options?, callback?) of a call apart. @param {any[]} rest @param {boolean} [needed] */
  function tail(rest, needed = false) {
    const callback = typeof rest[0] === "function" ? rest[0] : rest[1];
    const options = typeof rest[0] === "function" ? {} : (rest[0] ?? {});
    if (typeof options !== "object") throw wrong("ArgumentType", "Parameter name: options");
    if (callback !== undefined && typeof callback !== "function") throw wrong("ArgumentType", "Parameter name: callback");
    if (needed && !callback) throw wrong("ArgumentNull", "Value cannot be null. Parameter name: callback");
    return { options, callback };
  }

  /**
   * Calls the appointment's page; the fourth call at once fails in clients that allow three.
   * @param {string} method @param {object} args @param {any} options @param {Callback | undefined} callback
   * @param {(value: any) => any} [made] turns what came into what Outlook hands out
   */
  function call(method, args, options, callback, made = (value) => value) {
    const asyncContext = options?.asyncContext;
    /** @param {any} value @param {any} [error] */
    const end = (value, error) => callback?.({ status: error ? "failed" : "succeeded", value, error, asyncContext });
    const counts = method !== "ui.displayDialogAsync"; // it waits for the person
    if (counts && [...waiting.values()].filter((one) => one.counts).length >= client.most) {
      setTimeout(() => end(undefined, { code: 5100, name: "API Call Failed", message: "Wait until the previous call completes." }));
      return;
    }
    last += 1;
    waiting.set(last, { done: (value) => end(made(value)), failed: (error) => end(undefined, error), counts });
    post({ office: "call", id: last, method, args });
  }

  /** A method without arguments of its own. @param {string} method @param {(value: any) => any} [made] */
  const getter = (method, made) => (/** @type {any[]} */ ...rest) => {
    const { options, callback } = tail(rest, true);
    call(method, {}, options, callback, made);
  };

  /** @param {string} method */
  const textSetter = (method) => (/** @type {string} */ data, /** @type {any[]} */ ...rest) => {
    must("data", data, "string");
    const { options, callback } = tail(rest);
    const { coercionType } = options;
    if (coercionType !== undefined && coercionType !== "html" && coercionType !== "text") throw wrong("Argument", "Parameter name: coercionType");
    call(method, { data, coercionType }, options, callback);
  };

  /** @param {string} method */
  const subjectLike = (method) => ({ getAsync: getter(`${method}.getAsync`), setAsync: textSetter(`${method}.setAsync`) });

  /** @param {string} method */
  const time = (method) => ({
    getAsync: getter(`${method}.getAsync`, (value) => new Date(value)),
    setAsync: (/** @type {Date} */ date, /** @type {any[]} */ ...rest) => {
      if (!(date instanceof Date) || Number.isNaN(date.getTime())) throw wrong("ArgumentType", "Parameter name: dateTime");
      const { options, callback } = tail(rest);
      call(`${method}.setAsync`, { time: date.getTime() }, options, callback);
    },
  });

  /** @param {string} method */
  function recipients(method) {
    const setter = (/** @type {string} */ name) => (/** @type {any[]} */ list, /** @type {any[]} */ ...rest) => {
      must("recipients", list, "array");
      if (list.length > 100) throw wrong("ArgumentOutOfRange", "Parameter name: recipients");
      const { options, callback } = tail(rest);
      call(`${method}.${name}`, { mails: list.map((one) => (typeof one === "string" ? one : one.emailAddress)) }, options, callback);
    };
    return { getAsync: getter(`${method}.getAsync`), setAsync: setter("setAsync"), addAsync: setter("addAsync") };
  }

  function body() {
    return {
      getTypeAsync: getter("body.getTypeAsync"),
      prependAsync: textSetter("body.prependAsync"),
      setSelectedDataAsync: textSetter("body.setSelectedDataAsync"),
      ...from(3, {
        setAsync: textSetter("body.setAsync"),
        getAsync: (/** @type {string} */ coercionType, /** @type {any[]} */ ...rest) => {
          if (coercionType !== "html" && coercionType !== "text") throw wrong("Argument", "Parameter name: coercionType");
          const { options, callback } = tail(rest, true);
          call("body.getAsync", { coercionType }, options, callback);
        },
      }),
    };
  }

  function enhancedLocation() {
    const change = (/** @type {string} */ name) => (/** @type {any[]} */ list, /** @type {any[]} */ ...rest) => {
      must("locationIdentifiers", list, "array");
      for (const one of list) {
        must("id", one?.id, "string");
        if (one.type !== "custom" && one.type !== "room") throw wrong("Argument", "Parameter name: type");
      }
      const { options, callback } = tail(rest);
      call(`enhancedLocation.${name}`, { list }, options, callback);
    };
    return { getAsync: getter("enhancedLocation.getAsync"), addAsync: change("addAsync"), removeAsync: change("removeAsync") };
  }

  function notificationMessages() {
    const put = (/** @type {string} */ name) => (/** @type {string} */ key, /** @type {any} */ note, /** @type {any[]} */ ...rest) => {
      must("key", key, "string", 32);
      must("JSONmessage", note, "object");
      must("message", note.message, "string", 150);
      const plain = note.type === "progressIndicator" || note.type === "errorMessage";
      if (!plain && note.type !== "informationalMessage") throw wrong("Argument", "Parameter name: type");
      if (plain && (note.icon !== undefined || note.persistent !== undefined)) throw wrong("Argument", "Parameter name: icon, persistent");
      if (!plain) {
        must("icon", note.icon, "string", 32);
        must("persistent", note.persistent, "boolean");
      }
      const { options, callback } = tail(rest);
      call(`notificationMessages.${name}`, { key, note }, options, callback);
    };
    return {
      addAsync: put("addAsync"),
      replaceAsync: put("replaceAsync"),
      getAllAsync: getter("notificationMessages.getAllAsync"),
      removeAsync: (/** @type {string} */ key, /** @type {any[]} */ ...rest) => {
        must("key", key, "string", 32);
        const { options, callback } = tail(rest);
        call("notificationMessages.removeAsync", { key }, options, callback);
      },
    };
  }

  function recurrence() {
    return {
      getAsync: getter("recurrence.getAsync", seriesOf),
      setAsync: (/** @type {any} */ pattern, /** @type {any[]} */ ...rest) => {
        if (pattern !== null) must("recurrenceType", pattern?.recurrenceType, "string");
        const { options, callback } = tail(rest);
        call("recurrence.setAsync", { pattern: pattern && { recurrenceType: pattern.recurrenceType } }, options, callback);
      },
    };
  }

  /** Gives a pattern its times as functions. @param {any} pattern */
  function seriesOf(pattern) {
    if (!pattern) return pattern;
    const { startDate, endDate, startTime, endTime, minutes } = pattern.seriesTime;
    const seriesTime = {
      getDuration: () => minutes,
      getStartDate: () => startDate,
      getEndDate: () => endDate,
      getStartTime: () => `T${startTime}:00.000`,
      getEndTime: () => `T${endTime}:00.000`,
    };
    return { ...pattern, seriesTime };
  }

  /** @param {Record<string, any>} values */
  function customProperties(values) {
    return {
      get: (/** @type {string} */ name) => values[name],
      set: (/** @type {string} */ name, /** @type {any} */ value) => {
        must("name", name, "string");
        values[name] = value;
      },
      remove: (/** @type {string} */ name) => delete values[name],
      ...from(9, { getAll: () => ({ ...values }) }),
      saveAsync: (/** @type {Callback | undefined} */ callback, /** @type {any} */ asyncContext) =>
        call("customProperties.saveAsync", { values: { ...values } }, { asyncContext }, callback),
    };
  }

  function sessionData() {
    const named = (/** @type {string} */ method) => (/** @type {string} */ name, /** @type {any[]} */ ...rest) => {
      must("name", name, "string");
      const { options, callback } = tail(rest);
      call(`sessionData.${method}`, { name }, options, callback);
    };
    return {
      getAsync: named("getAsync"),
      removeAsync: named("removeAsync"),
      getAllAsync: getter("sessionData.getAllAsync"),
      setAsync: (/** @type {string} */ name, /** @type {string} */ value, /** @type {any[]} */ ...rest) => {
        must("name", name, "string");
        must("value", value, "string");
        const { options, callback } = tail(rest);
        call("sessionData.setAsync", { name, value }, options, callback);
      },
      clearAsync: (/** @type {any[]} */ ...rest) => {
        const { options, callback } = tail(rest);
        call("sessionData.clearAsync", {}, options, callback);
      },
    };
  }

  const since = { olkAppointmentTimeChanged: 7, olkRecipientsChanged: 7, olkRecurrenceChanged: 7, olkEnhancedLocationsChanged: 8 };

  /** @param {string} type @param {(args: any) => void} handler @param {any[]} rest */
  function addHandlerAsync(type, handler, ...rest) {
    must("handler", handler, "function");
    const { options, callback } = tail(rest);
    const known = /** @type {Record<string, number>} */ (since)[type];
    if (known === undefined || client.set < known) throw wrong("Argument", "Parameter name: eventType");
    if (client.role !== "pane") throw wrong("Argument", "Only a task pane can listen to this event.");
    handlers.set(type, [...(handlers.get(type) ?? []), handler]);
    call("addHandlerAsync", { type }, options, callback);
  }

  /** @param {string} type @param {any[]} rest */
  function removeHandlerAsync(type, ...rest) {
    const { options, callback } = tail(rest);
    handlers.delete(type);
    call("removeHandlerAsync", { type }, options, callback);
  }

  /** Members that a set brought; nothing in clients that do not have it. @template {object} T @param {number} set @param {T} members @returns {Partial<T>} */
  function from(set, members) {
    return client.set >= set ? members : {};
  }

  function item() {
    return {
      itemType: "appointment",
      body: body(),
      subject: subjectLike("subject"),
      location: subjectLike("location"),
      start: time("start"),
      end: time("end"),
      requiredAttendees: recipients("requiredAttendees"),
      optionalAttendees: recipients("optionalAttendees"),
      loadCustomPropertiesAsync: (/** @type {Callback} */ callback, /** @type {any} */ asyncContext) => {
        must("callback", callback, "function");
        call("loadCustomPropertiesAsync", {}, { asyncContext }, callback, customProperties);
      },
      ...from(3, { saveAsync: getter("saveAsync"), close: () => call("close", {}, {}, undefined) }),
      ...(client.mobile ? {} : from(3, { notificationMessages: notificationMessages() })),
      ...from(7, {
        addHandlerAsync,
        removeHandlerAsync,
        organizer: { getAsync: getter("organizer.getAsync") },
        recurrence: recurrence(),
        seriesId: client.seriesId,
      }),
      ...from(8, { enhancedLocation: enhancedLocation(), getItemIdAsync: getter("getItemIdAsync") }),
      // Outlook has this method only on an item of somebody else's calendar.
      ...(client.shared ? from(8, { getSharedPropertiesAsync: getter("getSharedPropertiesAsync") }) : {}),
      ...from(11, { sessionData: sessionData() }),
    };
  }

  /** @param {string} address @param {any[]} rest */
  function displayDialogAsync(address, ...rest) {
    must("startAddress", address, "string");
    const { options, callback } = tail(rest);
    const { width, height, promptBeforeOpen } = options;
    const opened = (/** @type {any} */ result) => {
      const refused = result.error ?? result.value.refused;
      if (refused) return callback?.({ status: "failed", error: refused, value: undefined, asyncContext: options.asyncContext });
      dialog = dialogObject();
      callback?.({ ...result, value: dialog.object });
    };
    call("ui.displayDialogAsync", { address: new URL(address, location.href).href, width, height, promptBeforeOpen }, options, opened);
  }

  function dialogObject() {
    /** @type {Map<string, (arg: any) => void>} */
    const heard = new Map();
    const object = {
      addEventHandler: (/** @type {string} */ type, /** @type {(arg: any) => void} */ handler) => heard.set(type, handler),
      close: () => {
        heard.clear();
        call("dialog.close", {}, {}, undefined);
      },
      ...from(9, { messageChild: (/** @type {string} */ message) => call("dialog.messageChild", { message }, {}, undefined) }),
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
      addHandlerAsync: (/** @type {string} */ type, /** @type {(arg: any) => void} */ handler, /** @type {any[]} */ ...rest) => {
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
      saveAsync: (/** @type {Callback} */ callback) => call("roamingSettings.saveAsync", { values }, {}, callback),
    };
  }

  const theme = () =>
    client.dark
      ? { bodyBackgroundColor: "#242424", bodyForegroundColor: "#f0f0f0", controlBackgroundColor: "#333333", controlForegroundColor: "#f0f0f0", isDarkTheme: true }
      : { bodyBackgroundColor: "#ffffff", bodyForegroundColor: "#242424", controlBackgroundColor: "#f5f5f5", controlForegroundColor: "#242424", isDarkTheme: false };

  /** Makes Office.context once the page said which client this is. */
  function build() {
    const { hostName, platform, user } = client;
    const { accountType, ...profile } = user;
    const mailbox = {
      item: item(),
      userProfile: { ...profile, ...from(6, { accountType }) },
      diagnostics: { hostName, hostVersion: "16.0.18925.20000", ...(hostName === "OutlookWebApp" ? { OWAView: "ThreeColumns" } : {}) },
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
      ...from(5, { platform, host: "Outlook", diagnostics: { host: "Outlook", platform, version: "16.0.18925.20000" } }),
      ...(client.mobile ? {} : from(14, { officeTheme: theme() })),
    });
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
    wanted({ ...event, completed: (/** @type {any} */ options) => post({ office: "completed", options: options && { ...options } }) });
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
      if (client) return;
      client = message;
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
      const given = type === "olkAppointmentTimeChanged" ? { ...args, start: new Date(args.start), end: new Date(args.end) } : args;
      for (const handler of handlers.get(type) ?? []) handler(type === "olkRecurrenceChanged" ? { ...given, recurrence: seriesOf(given.recurrence) } : given);
    },
    run: ({ name, event }) => {
      job = { name, event };
      runJob();
    },
    dialog: ({ type, arg }) => dialog?.heard.get(type)?.(arg),
    parent: ({ message }) => {
      for (const handler of handlers.get("dialogParentMessageReceived") ?? []) handler({ message, origin: location.origin });
    },
  };

  addEventListener("message", (event) => {
    if (event.origin === home && event.source === outlook) hears[event.data?.office]?.(event.data);
  });

  const same = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, name]));

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
})();
