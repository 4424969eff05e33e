// The add-in's messages above the appointment.
import { OfficeError } from "./office_errors.js";

const most = 5;
/** @type {Map<string, any>} */
const shown = new Map();
const list = /** @type {HTMLElement} */ (document.getElementById("notifications"));

function draw() {
  list.replaceChildren(...[...shown.entries()].map(([key, note]) => line(key, note)));
}

/** @param {string} key @param {any} note */
function line(key, note) {
  const item = document.createElement("li");
  item.dataset.key = key;
  item.dataset.type = note.type;
  const words = document.createElement("span");
  words.textContent = note.message;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = "Dismiss";
  close.addEventListener("click", () => {
    shown.delete(key);
    draw();
  });
  item.append(words, ...(note.type === "progressIndicator" ? [] : [close]));
  return item;
}

/** @param {string} key @param {any} note */
function put(key, note) {
  shown.set(key, { ...note, key });
  draw();
}

/** @type {Record<string, (args: Record<string, any>) => unknown>} */
export const notices = {
  "notificationMessages.addAsync": ({ key, note }) => {
    if (shown.has(key)) throw new OfficeError(9023);
    if (shown.size >= most) throw new OfficeError(9025);
    put(key, note);
  },
  "notificationMessages.replaceAsync": ({ key, note }) => {
    if (!shown.has(key) && shown.size >= most) throw new OfficeError(9025);
    put(key, note);
  },
  "notificationMessages.removeAsync": ({ key }) => {
    if (!shown.delete(key)) throw new OfficeError(9024);
    draw();
  },
  "notificationMessages.getAllAsync": () => [...shown.values()],
};
