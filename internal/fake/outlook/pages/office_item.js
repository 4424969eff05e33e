// Second part of /office.js: Office.context.mailbox.item. Start reading at item.
import { call, client, from, handlers, must, tail, wrong } from "./office_calls.js";

/** A method without arguments of its own. @param {string} method @param {(value: any) => any} [made] */
const getter =
  (method, made) =>
  (/** @type {any[]} */ ...rest) => {
    const { options, callback } = tail(rest, true);
    call(method, {}, options, callback, made);
  };

/** @param {string} method */
const textSetter =
  (method) =>
  (/** @type {string} */ data, /** @type {any[]} */ ...rest) => {
    must("data", data, "string");
    const { options, callback } = tail(rest);
    const { coercionType } = options;
    if (coercionType !== undefined && coercionType !== "html" && coercionType !== "text")
      throw wrong("Argument", "Parameter name: coercionType");
    call(method, { data, coercionType }, options, callback);
  };

/** @param {string} method */
const subjectLike = (method) => ({
  getAsync: getter(`${method}.getAsync`),
  setAsync: textSetter(`${method}.setAsync`),
});

/** @param {string} method */
const time = (method) => ({
  getAsync: getter(`${method}.getAsync`, (value) => new Date(value)),
  setAsync: (/** @type {Date} */ date, /** @type {any[]} */ ...rest) => {
    if (!(date instanceof Date) || Number.isNaN(date.getTime()))
      throw wrong("ArgumentType", "Parameter name: dateTime");
    const { options, callback } = tail(rest);
    call(`${method}.setAsync`, { time: date.getTime() }, options, callback);
  },
});

/** @param {string} method */
function recipients(method) {
  const setter =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ list, /** @type {any[]} */ ...rest) => {
      must("recipients", list, "array");
      if (list.length > 100) throw wrong("ArgumentOutOfRange", "Parameter name: recipients");
      const { options, callback } = tail(rest);
      call(
        `${method}.${name}`,
        { mails: list.map((one) => (typeof one === "string" ? one : one.emailAddress)) },
        options,
        callback,
      );
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
  const change =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ list, /** @type {any[]} */ ...rest) => {
      must("locationIdentifiers", list, "array");
      for (const one of list) {
        must("id", one?.id, "string");
        if (one.type !== "custom" && one.type !== "room") throw wrong("Argument", "Parameter name: type");
      }
      const { options, callback } = tail(rest);
      call(`enhancedLocation.${name}`, { list }, options, callback);
    };
  return {
    getAsync: getter("enhancedLocation.getAsync"),
    addAsync: change("addAsync"),
    removeAsync: change("removeAsync"),
  };
}

/** @param {any} note */
function mustBeNote(note) {
  must("message", note.message, "string", 150);
  if (note.type === "informationalMessage") {
    must("icon", note.icon, "string", 32);
    must("persistent", note.persistent, "boolean");
    return;
  }
  if (note.type !== "progressIndicator" && note.type !== "errorMessage")
    throw wrong("Argument", "Parameter name: type");
  if (note.icon !== undefined || note.persistent !== undefined)
    throw wrong("Argument", "Parameter name: icon, persistent");
}

function notificationMessages() {
  const put =
    (/** @type {string} */ name) =>
    (/** @type {string} */ key, /** @type {any} */ note, /** @type {any[]} */ ...rest) => {
      must("key", key, "string", 32);
      must("JSONmessage", note, "object");
      mustBeNote(note);
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
      call(
        "recurrence.setAsync",
        { pattern: pattern && { recurrenceType: pattern.recurrenceType } },
        options,
        callback,
      );
    },
  };
}

/** Gives a pattern its times as functions. @param {any} pattern */
export function seriesOf(pattern) {
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
    saveAsync: (
      /** @type {import("./office_calls.js").Callback | undefined} */ callback,
      /** @type {any} */ asyncContext,
    ) => call("customProperties.saveAsync", { values: { ...values } }, { asyncContext }, callback),
  };
}

function sessionData() {
  const named =
    (/** @type {string} */ method) =>
    (/** @type {string} */ name, /** @type {any[]} */ ...rest) => {
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

const since = {
  olkAppointmentTimeChanged: 7,
  olkRecipientsChanged: 7,
  olkRecurrenceChanged: 7,
  olkEnhancedLocationsChanged: 8,
};

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

export function item() {
  return {
    itemType: "appointment",
    body: body(),
    subject: subjectLike("subject"),
    location: subjectLike("location"),
    start: time("start"),
    end: time("end"),
    requiredAttendees: recipients("requiredAttendees"),
    optionalAttendees: recipients("optionalAttendees"),
    loadCustomPropertiesAsync: (
      /** @type {import("./office_calls.js").Callback} */ callback,
      /** @type {any} */ asyncContext,
    ) => {
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
