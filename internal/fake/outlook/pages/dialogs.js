// The one dialog an add-in may have open: a window of its own at the add-in's origin.
import { facts } from "./editor.js";

/** @type {{ child: Window, origin: string, tell: (note: object) => void } | undefined} */
let open;

/** The dialog's window while one is open. */
export const dialogWindow = () => open?.child;

/** A refusal that office.js hands to the callback, numbered as in learn.microsoft.com/office/dev/add-ins/develop/dialog-handle-errors-events. */
const refuse = (/** @type {number} */ code, /** @type {string} */ message) => ({
  refused: { code, name: "Error", message },
});

/**
 * Opens a dialog, after asking the person unless the add-in said otherwise.
 * @param {any} args @param {string} origin of the page that asks @param {(note: object) => void} tell
 */
export async function askDialog(args, origin, tell) {
  if (open && !open.child.closed) return refuse(12007, "A dialog box is already open from this page.");
  if (new URL(args.address).origin !== origin) return refuse(12004, "The domain of the address is not trusted.");
  if (args.promptBeforeOpen !== false && !(await allowed()))
    return refuse(12009, "The user chose to ignore the dialog box.");
  const width = Math.round((screen.availWidth * (args.width ?? 99)) / 100);
  const height = Math.round((screen.availHeight * (args.height ?? 99)) / 100);
  const child = window.open(args.address, "_blank", `popup,width=${width},height=${height}`);
  if (!child) return refuse(12011, "The browser blocks pop-up windows.");
  open = { child, origin, tell };
  const timer = setInterval(() => {
    if (!child.closed) return;
    clearInterval(timer);
    if (open?.child !== child) return; // the next one is open already
    open = undefined;
    tell({ office: "dialog", type: "dialogEventReceived", arg: { error: 12006 } });
  }, 200);
  return {};
}

/** Asks the person whether the add-in may open a window. @returns {Promise<boolean>} */
function allowed() {
  const box = /** @type {HTMLDialogElement} */ (document.getElementById("prompt"));
  const words = /** @type {HTMLElement} */ (document.getElementById("prompt-words"));
  words.textContent = `${facts.addin.name} wants to open a new window.`;
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) =>
    box.addEventListener("close", () => resolve(box.returnValue === "allow"), { once: true }),
  );
}

/** @param {MessageEvent} event @param {object} welcome */
export function fromDialog(event, welcome) {
  if (!open) return;
  if (event.data.office === "hello") open.child.postMessage(welcome, event.origin);
  if (event.data.office === "parent" && event.origin === open.origin) {
    open.tell({
      office: "dialog",
      type: "dialogMessageReceived",
      arg: { message: event.data.message, origin: event.origin },
    });
  }
}
