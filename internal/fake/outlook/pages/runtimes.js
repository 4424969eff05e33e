// The frames and the window in which the add-in runs, and what passes between them and the appointment.
import { methods } from "./api.js";
import { askDialog, dialogWindow, fromDialog } from "./dialogs.js";
import { facts } from "./editor.js";
import { OfficeError } from "./office_errors.js";
import { client, fails, offline, wait } from "./switches.js";
import { windowsName } from "./zones.js";

/**
 * @typedef {object} Runtime one page of the add-in
 * @property {"pane" | "command" | "event"} role
 * @property {HTMLIFrameElement} frame
 * @property {Set<string>} listens event types it has handlers for
 * @property {{ name: string, event: any } | undefined} job the function to run once the page is there
 * @property {(result: any) => void} done
 */

/** @type {Set<Runtime>} */
const runtimes = new Set();
const origins = new Set(facts.addin.origins ?? []);
const settingsKey = `roaming ${facts.user.email}`;

/**
 * Opens a page of the add-in.
 * @param {"pane" | "command" | "event"} role @param {string} address @param {HTMLElement} holder
 * @param {{ name: string, event: any }} [job]
 * @returns {{ runtime: Runtime, finished: Promise<any> }}
 */
export function openRuntime(role, address, holder, job) {
  const frame = document.createElement("iframe");
  frame.title = role === "pane" ? facts.addin.name : `${facts.addin.name}, ${role}`;
  frame.allow = "clipboard-write";
  /** @type {(result: any) => void} */
  let done = () => {};
  const finished = new Promise((resolve) => {
    done = resolve;
  });
  /** @type {Runtime} */
  const runtime = { role, frame, listens: new Set(), job, done };
  runtimes.add(runtime);
  frame.src = address;
  holder.append(frame);
  return { runtime, finished };
}

/** @param {Runtime} runtime */
export function closeRuntime(runtime) {
  runtimes.delete(runtime);
  runtime.frame.remove();
}

/** @param {Runtime} runtime @param {object} message */
const post = (runtime, message) => runtime.frame.contentWindow?.postMessage(message, new URL(runtime.frame.src).origin);

/** Tells every page that listens about a change. @param {string} type @param {object} args */
export function raise(type, args) {
  for (const runtime of runtimes) if (runtime.listens.has(type)) post(runtime, { office: "event", type, args });
}

function welcome() {
  return {
    office: "welcome",
    set: client.set,
    platform: client.platform,
    hostName: client.hostName,
    mobile: client.mobile === true,
    onPremises: client.onPremises === true,
    bare: client.bare === true,
    most: client.narrow ? 3 : 50,
    offline,
    user: {
      displayName: facts.user.name,
      emailAddress: facts.user.email,
      timeZone: windowsName(facts.user.zone),
      accountType: client.onPremises ? "enterprise" : "office365",
    },
    shared: facts.shared,
    seriesId: facts.occurrence ? "series" : null,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    language: navigator.language,
    partitionKey: location.origin,
    roaming: JSON.parse(localStorage.getItem(settingsKey) ?? "{}"),
  };
}

/** @param {Runtime} runtime @param {any} message */
async function answer(runtime, message) {
  const { id, method, args } = message;
  try {
    await new Promise((resolve) => setTimeout(resolve, wait(method)));
    if (fails(method)) throw new OfficeError(5001);
    post(runtime, { office: "result", id, value: await perform(runtime, method, args) });
  } catch (error) {
    if (!(error instanceof OfficeError)) console.warn(`stand-in: ${method}`, error);
    const { code, name, message: words } = error instanceof OfficeError ? error : new OfficeError(5001);
    post(runtime, { office: "result", id, error: { code, name, message: words } });
  }
}

/** @param {Runtime} runtime @param {string} method @param {any} args */
async function perform(runtime, method, args) {
  if (method === "addHandlerAsync") return void runtime.listens.add(args.type);
  if (method === "removeHandlerAsync") return void runtime.listens.delete(args.type);
  if (method === "roamingSettings.saveAsync") return localStorage.setItem(settingsKey, JSON.stringify(args.values));
  if (method === "ui.displayDialogAsync")
    return askDialog(args, new URL(runtime.frame.src).origin, (note) => post(runtime, note));
  if (method === "dialog.messageChild")
    return dialogWindow()?.postMessage({ office: "parent", ...args }, new URL(runtime.frame.src).origin);
  if (method === "dialog.close") return dialogWindow()?.close();
  const act = methods[method];
  if (!act) throw new OfficeError(5001);
  return act(args);
}

/** @param {Runtime} runtime @param {any} message */
function receive(runtime, message) {
  if (message.office === "hello") post(runtime, { ...welcome(), role: runtime.role });
  else if (message.office === "ready" && runtime.job) post(runtime, { office: "run", ...runtime.job });
  else if (message.office === "call") void answer(runtime, message);
  else if (message.office === "completed") runtime.done(message.options ?? {});
  else if (message.office === "close") document.getElementById("pane-close")?.click();
}

addEventListener("message", (event) => {
  if (!origins.has(event.origin) || typeof event.data?.office !== "string") return;
  const runtime = [...runtimes].find((one) => one.frame.contentWindow === event.source);
  if (runtime) receive(runtime, event.data);
  else if (event.source === dialogWindow()) fromDialog(event, { ...welcome(), role: "dialog" });
});
