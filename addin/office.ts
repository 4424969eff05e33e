// The only file that touches Office. Everything here is a promise with a time-out, at most three calls are in flight, as
// Outlook on the web and on phones allows, and what fails is an OfficeFault.

/** Why a call into Office did not do its work. */
export class OfficeFault extends Error {
  readonly call: string; // "body.getAsync"
  readonly code: number; // Office's own, 0 for a time-out, -1 for a method that is not there

  constructor(call: string, code: number, message: string) {
    super(`${call}: ${message}`);
    this.name = "OfficeFault";
    this.call = call;
    this.code = code;
  }
}

const most = 3;
const usual = 8_000;
let busy = 0;
const waiting: (() => void)[] = [];

async function place(): Promise<void> {
  if (busy >= most) await new Promise<void>((go) => waiting.push(go));
  else busy++;
}

/** Hands the place on; a call that ran out of time has left it, whatever Office does with it later. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else busy--;
}

/** Makes one call in its turn. */
export async function call<T>(name: string, start: (done: OfficeDone<T>) => void, wait = usual): Promise<T> {
  await place();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new OfficeFault(name, 0, "no answer in time")), wait);
      start((result) => {
        if (result.status === "succeeded") resolve(result.value);
        else reject(new OfficeFault(name, result.error?.code ?? 0, result.error?.message ?? "failed"));
      });
    });
  } catch (thrown) {
    throw thrown instanceof OfficeFault ? thrown : new OfficeFault(name, -1, String(thrown));
  } finally {
    clearTimeout(timer);
    leave();
  }
}

/** Where the add-in finds itself. */
export type Surroundings = "outlook" | "no_script" | "no_host" | "on_premises" | "too_old";

/** Waits for Office and says where we are. Handlers of events in classic Windows never call this. */
export async function ready(): Promise<Surroundings> {
  if (typeof Office === "undefined") return "no_script";
  const host = await Promise.race([Office.onReady(), new Promise<undefined>((late) => setTimeout(late, usual))]);
  if (!host?.host || !Office.context.mailbox?.item) return "no_host";
  if (onPremises()) return "on_premises";
  return supports("1.3") ? "outlook" : "too_old";
}

/** Whether the mailbox is on an Exchange server of the organisation's own, which the server cannot reach. */
export function onPremises(): boolean {
  return Office.context.mailbox?.userProfile?.accountType === "enterprise";
}

function supports(version: string): boolean {
  return Office.context.requirements?.isSetSupported("Mailbox", version) ?? true;
}

/** The appointment that is open. */
export function item(): OfficeAppointment {
  const open = Office.context.mailbox?.item;
  if (!open) throw new OfficeFault("mailbox.item", -1, "no appointment is open");
  return open;
}

/** The address of the mailbox, as Outlook writes it; "" when it says none. */
export function mailbox(): string {
  return Office.context.mailbox?.userProfile?.emailAddress ?? "";
}

/** The language of Outlook's own words: "en-GB". */
export function language(): string {
  return (typeof Office === "undefined" ? undefined : Office.context?.displayLanguage) ?? "en";
}

/** Sets what is stored apart in Outlook on the web, where several sites share a browser; "" elsewhere. */
export function partition(): string {
  return (typeof Office === "undefined" ? undefined : Office.context.partitionKey) ?? "";
}

/** Changes to the appointment that the guard must hear of, where Outlook tells of them. */
const changes = ["AppointmentTimeChanged", "RecipientsChanged", "RecurrenceChanged"];

function eventType(name: string): string {
  return Office.EventType[name] ?? name;
}

/** Calls back when time, guests or recurrence change; false when this Outlook does not tell. */
export async function onChange(then: () => void, signal: AbortSignal): Promise<boolean> {
  const open = item();
  if (!open.addHandlerAsync || !supports("1.7")) return false;
  signal.addEventListener("abort", () => {
    for (const event of changes) void unhear(open, event);
  });
  try {
    for (const event of changes) {
      if (signal.aborted) return false; // a later listener of the same event must stay
      await call("addHandlerAsync", (done) => open.addHandlerAsync?.(eventType(event), then, done));
    }
    return true;
  } catch {
    return false;
  }
}

async function unhear(open: OfficeAppointment, event: string): Promise<void> {
  const stop = (done: OfficeDone<void>) => open.removeHandlerAsync?.(eventType(event), done);
  await call("removeHandlerAsync", stop).catch(() => undefined);
}

/** Names a function of the manifest. */
export function associate(name: string, handler: (event: OfficeCommandEvent) => void): void {
  if (typeof Office !== "undefined") Office.actions?.associate(name, handler);
  (globalThis as Record<string, unknown>)[name] = handler; // older hosts look there
}

/** Whether a dialog can be opened at all. */
export function canOpenDialog(): boolean {
  return typeof Office.context.ui?.displayDialogAsync === "function";
}

/** A dialog that was opened, and what the page in it says first; undefined when the person closed it. */
export async function askInDialog(address: string, signal: AbortSignal): Promise<string | undefined> {
  const size = { height: 70, width: 40, displayInIframe: false };
  // The person may be asked first whether a window may open.
  const open = (done: OfficeDone<OfficeDialog>) => Office.context.ui?.displayDialogAsync?.(address, size, done);
  const dialog = await call<OfficeDialog>("ui.displayDialogAsync", open, 120_000);
  return new Promise((resolve) => {
    const end = (message?: string) => {
      signal.removeEventListener("abort", giveUp);
      resolve(message);
    };
    const giveUp = () => {
      dialog.close();
      end();
    };
    dialog.addEventHandler(eventType("DialogMessageReceived"), (said) => {
      if (said.origin !== undefined && said.origin !== new URL(address).origin) return;
      dialog.close();
      end(said.message);
    });
    dialog.addEventHandler(eventType("DialogEventReceived"), () => end());
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp(); // while the person was asked
  });
}

/** Says a thing to the page that opened this dialog; false when nobody did. */
export function tellOpener(message: string): boolean {
  const ui = typeof Office === "undefined" ? undefined : Office.context.ui;
  ui?.messageParent?.(message);
  return ui?.messageParent !== undefined;
}

const noticeLength = 150;

/** Shows a line above the appointment, where this Outlook can; never fails. */
export async function notify(text: string, bad: boolean): Promise<boolean> {
  try {
    const messages = item().notificationMessages;
    if (!messages?.replaceAsync) return false;
    const message = text.length > noticeLength ? `${text.slice(0, noticeLength - 1)}…` : text;
    const notice: OfficeNotice = bad
      ? { type: "errorMessage", message }
      : { type: "informationalMessage", message, icon: "icon16", persistent: false };
    await call<void>("notificationMessages.replaceAsync", (done) => messages.replaceAsync("parlor", notice, done));
    return true;
  } catch {
    return false;
  }
}
