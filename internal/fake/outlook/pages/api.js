// What the calls of the add-in do to the appointment. One entry per method; office.js checks the arguments' types.
import * as editor from "./editor.js";
import { facts, field } from "./editor.js";
import { notices } from "./notices.js";
import { OfficeError } from "./office_errors.js";
import { choiceOf, patternOf } from "./recurrence.js";
import { client, offline, rewrites } from "./switches.js";

const bodyMost = 1_000_000;
const fieldMost = 255;
const propertiesMost = 2500;

/** @typedef {Record<string, any>} Arguments */
/** @typedef {(args: Arguments) => unknown} Method */

/** Words of the add-in's session on this appointment. @type {Record<string, string>} */
let session = {};

/** @param {string} text @param {number} most */
function within(text, most) {
  if (text.length > most) throw new OfficeError(9999);
}

/** @param {(data: string, isHTML: boolean, rewrites: boolean) => void} write @returns {Method} */
const writesBody =
  (write) =>
  ({ data, coercionType }) => {
    within(data, bodyMost);
    const isHTML = (coercionType ?? editor.bodyType()) === "html";
    if (isHTML && coercionType && editor.bodyType() === "text") throw new OfficeError(9002);
    write(isHTML && client.word ? bodyOf(data) : data, isHTML, rewrites);
  };

/** @param {string} html */
const bodyOf = (html) => new DOMParser().parseFromString(html, "text/html").body.innerHTML;

/** @type {Record<string, Method>} */
const body = {
  "body.getTypeAsync": () => editor.bodyType(),
  "body.getAsync": ({ coercionType }) => {
    const text = editor.readBody(coercionType);
    if (coercionType === "text" || !client.word) return text;
    return `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n</head>\n<body>\n${text}\n</body>\n</html>\n`;
  },
  "body.setAsync": writesBody(editor.setBody),
  "body.prependAsync": writesBody((data, isHTML, rewriting) => {
    if (!(client.deaf && editor.hasTeams())) editor.prependBody(data, isHTML, rewriting);
  }),
  "body.setSelectedDataAsync": writesBody(editor.insertBody),
};

/** @type {Record<string, Method>} */
const words = {
  "subject.getAsync": () => field("title").value,
  "subject.setAsync": ({ data }) => {
    within(data, fieldMost);
    field("title").value = data;
  },
  "start.getAsync": () => editor.times().start,
  "end.getAsync": () => editor.times().end,
  "start.setAsync": ({ time }) => editor.setTime("start", time),
  "end.setAsync": ({ time }) => {
    if (time < editor.times().start) throw new OfficeError(9010);
    editor.setTime("end", time);
  },
  "organizer.getAsync": () => ({
    emailAddress: facts.owner,
    displayName: facts.shared ? facts.owner : facts.user.name,
  }),
};

/** The rooms and the other places, as Outlook lists them. */
export function locations() {
  const rooms = editor.pickedRooms().map((box) => ({
    locationIdentifier: { id: box.value, type: "room" },
    displayName: box.dataset.name ?? "",
    emailAddress: box.value,
  }));
  const others = customPlaces().map((name) => ({
    locationIdentifier: { id: name, type: "custom" },
    displayName: name,
    emailAddress: "",
  }));
  return [...rooms, ...others];
}

const customPlaces = () =>
  field("location")
    .value.split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** @param {string} email @param {boolean} on */
function pickRoom(email, on) {
  const box = editor.form.querySelector(`input[name="room"][value="${CSS.escape(email)}"]`);
  if (!(box instanceof HTMLInputElement)) throw new OfficeError(9031);
  box.checked = on;
}

/** @type {Record<string, Method>} */
const places = {
  "location.getAsync": () =>
    locations()
      .map((place) => place.displayName)
      .join("; "),
  // The web turns rooms into plain text (OfficeDev/office-js#2011), others keep them.
  "location.setAsync": ({ data }) => {
    within(data, fieldMost);
    if (!client.appends) for (const box of editor.pickedRooms()) box.checked = false;
    field("location").value = data;
  },
  "enhancedLocation.getAsync": locations,
  "enhancedLocation.addAsync": ({ list }) => {
    for (const { id, type } of list) {
      if (type === "room") pickRoom(id, true);
      else if (!customPlaces().includes(id)) field("location").value = [...customPlaces(), id].join("; ");
    }
  },
  "enhancedLocation.removeAsync": ({ list }) => {
    for (const { id, type } of list) {
      if (type === "room") pickRoom(id, false);
      else
        field("location").value = customPlaces()
          .filter((name) => name !== id)
          .join("; ");
    }
  },
};

/** @param {"required" | "optional"} list @param {string} name @returns {Record<string, Method>} */
const recipients = (list, name) => {
  /** @param {string[]} mails */
  const put = (mails) => {
    if (mails.length > 500) throw new OfficeError(9012);
    field(list).value = [...new Set(mails)].join("; ");
  };
  return {
    [`${name}.getAsync`]: () =>
      editor
        .guests(list)
        .map((mail) => ({ emailAddress: mail, displayName: mail, appointmentResponse: "none", recipientType: "user" })),
    [`${name}.setAsync`]: ({ mails }) => put(mails),
    [`${name}.addAsync`]: ({ mails }) => put([...editor.guests(list), ...mails]),
  };
};

/** @type {Record<string, Method>} */
const item = {
  "recurrence.getAsync": () => patternOf(),
  "recurrence.setAsync": ({ pattern }) => {
    if (facts.occurrence) throw new OfficeError(9033);
    field("repeat").value = choiceOf(pattern);
  },
  loadCustomPropertiesAsync: () => JSON.parse(field("custom").value || "{}"),
  "customProperties.saveAsync": ({ values }) => {
    const text = JSON.stringify(values);
    if (text.length > propertiesMost) throw new OfficeError(9019);
    field("custom").value = text;
  },
  saveAsync: async () => {
    if (offline) throw new OfficeError(9021);
    return editor.saveHere().catch(() => Promise.reject(new OfficeError(9021)));
  },
  getItemIdAsync: () => {
    if (field("eid").value === "") throw new OfficeError(9046);
    return atob(field("eid").value.replaceAll("-", "+").replaceAll("_", "/")).split(" ")[0];
  },
  getSharedPropertiesAsync: () => ({
    owner: facts.owner,
    targetRestUrl: `${location.origin}/api`,
    targetMailbox: facts.owner,
    delegatePermissions: 1 + 2 + 4 + 8 + 16 + 32,
  }),
  close: () => document.getElementById("discard")?.click(),
};

/** @type {Record<string, Method>} */
const sessionData = {
  "sessionData.getAsync": ({ name }) => {
    if (!(name in session)) throw new OfficeError(9031);
    return session[name];
  },
  "sessionData.getAllAsync": () => session,
  "sessionData.setAsync": ({ name, value }) => {
    const next = { ...session, [name]: value };
    if (JSON.stringify(next).length > (client.set >= 16 ? 2_621_440 : 50_000)) throw new OfficeError(9999);
    session = next;
  },
  "sessionData.removeAsync": ({ name }) => {
    delete session[name];
  },
  "sessionData.clearAsync": () => {
    session = {};
  },
};

/** Every method of the appointment, by the name the switches use. @type {Record<string, Method>} */
export const methods = {
  ...body,
  ...words,
  ...places,
  ...item,
  ...sessionData,
  ...recipients("required", "requiredAttendees"),
  ...recipients("optional", "optionalAttendees"),
  ...notices,
};
