// Stand-in for Microsoft's Office.js, for pages of an Outlook add-in that run inside this stand-in for Outlook. The
// signatures are those of @types/office-js 1.0.612; what is not in the client's Mailbox set is undefined, as in Outlook.
// Everything is asked of the appointment's page by postMessage. The server puts office_calls.js, office_item.js and
// office_context.js together into one classic script, /office.js. Here: how a call travels and what arguments it takes.

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
export const home = new URL(script.src).origin;
export const outlook = window.parent === window ? window.opener : window.parent;

/** @typedef {(result: any) => void} Callback */
/** @type {Map<number, { done: (value: any) => void, failed: (error: any) => void, counts: boolean }>} */
export const waiting = new Map();
/** @type {Map<string, ((args: any) => void)[]>} */
export const handlers = new Map();
/** @type {any} what the appointment's page said this client is; empty before that */
export const client = {};
let last = 0;

/** @param {object} message */
export const post = (message) => outlook?.postMessage(message, home);

/** A wrong argument, thrown at once as Outlook's Sys.* exceptions are. @param {string} kind @param {string} words */
export const wrong = (kind, words) =>
  Object.assign(new Error(`Sys.${kind}Exception: ${words}`), { name: `Sys.${kind}Exception` });

/** @param {string} name @param {unknown} value @param {string} type @param {number} [most] characters */
export function must(name, value, type, most) {
  if (value === null || value === undefined)
    throw wrong("ArgumentNull", `Value cannot be null. Parameter name: ${name}`);
  if (type === "array" ? !Array.isArray(value) : typeof value !== type) {
    throw wrong(
      "ArgumentType",
      `Object of type '${typeof value}' cannot be converted to type '${type}'. Parameter name: ${name}`,
    );
  }
  if (most !== undefined && String(value).length > most) {
    throw wrong(
      "ArgumentOutOfRange",
      `Specified argument was out of the range of valid values. Parameter name: ${name}`,
    );
  }
}

/** Takes the trailing (options?, callback?) of a call apart. @param {any[]} rest @param {boolean} [needed] */
export function tail(rest, needed = false) {
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
export function call(method, args, options, callback, made = (value) => value) {
  const asyncContext = options?.asyncContext;
  /** @param {any} value @param {any} [error] */
  const end = (value, error) => callback?.({ status: error ? "failed" : "succeeded", value, error, asyncContext });
  const counts = method !== "ui.displayDialogAsync"; // it waits for the person
  if (counts && [...waiting.values()].filter((one) => one.counts).length >= client.most) {
    console.error(`stand-in: ${method} is one call too many at once`);
    setTimeout(() =>
      end(undefined, { code: 5100, name: "API Call Failed", message: "Wait until the previous call completes." }),
    );
    return;
  }
  last += 1;
  waiting.set(last, { done: (value) => end(made(value)), failed: (error) => end(undefined, error), counts });
  post({ office: "call", id: last, method, args });
}

/** Members that a set brought; nothing in clients that do not have it. @template {object} T @param {number} set @param {T} members @returns {Partial<T>} */
export function from(set, members) {
  return client.set >= set ? members : {};
}
