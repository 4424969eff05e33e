// The appointment's page: ribbon, task pane, function commands and events of the add-in.
import { locations } from "./api.js";
import { byId, facts, field, form, openEditor, selectSome, times } from "./editor.js";
import { patternOf } from "./recurrence.js";
import { closeRuntime, openRuntime, raise } from "./runtimes.js";
import { client, selects } from "./switches.js";

const minute = 60_000;
const addin = facts.addin;
/** @type {import("./runtimes.js").Runtime | undefined} */
let pane;

function install() {
  if (addin.problem) {
    byId("addin-problem").textContent = addin.problem;
    byId("addin-problem").hidden = false;
    return;
  }
  if (facts.shared && !addin.shared) return;
  for (const command of client.mobile ? (addin.mobile ?? []) : addin.commands) byId("commands").append(button(command));
  byId("pane-close").addEventListener("click", closePane);
  watch();
  if (facts.fresh) void launch("OnNewAppointmentOrganizer", {});
}

/** @param {any} command */
function button(command) {
  const out = document.createElement("button");
  out.type = "button";
  out.className = "button";
  out.dataset.command = command.id;
  out.title = command.description;
  const icon = document.createElement("img");
  icon.src = command.icon;
  icon.alt = "";
  out.append(icon, command.label);
  out.addEventListener("click", () => (command.pane ? openPane(command) : run(command)));
  return out;
}

/** @param {any} command */
function openPane(command) {
  closePane();
  byId("pane").hidden = false;
  byId("pane-title").textContent = addin.name;
  pane = openRuntime("pane", command.pane, byId("pane-frame")).runtime;
  byId("pane").scrollIntoView({ block: "nearest" });
}

function closePane() {
  if (pane) closeRuntime(pane);
  pane = undefined;
  byId("pane").hidden = true;
}

/** Runs a function command in a page of its own. @param {any} command */
async function run(command) {
  const trigger = form.querySelector(`[data-command="${command.id}"]`);
  if (trigger instanceof HTMLButtonElement) trigger.disabled = true;
  byId("progress").hidden = false;
  byId("progress").textContent = `${addin.name} is working on your request.`;
  const job = { name: command.function, event: { source: { id: command.id } } };
  const { runtime, finished } = openRuntime("command", addin.functions, byId("hidden-frames"), job);
  await Promise.race([finished, late(client.mobile ? minute : 5 * minute)]);
  closeRuntime(runtime);
  byId("progress").hidden = true;
  if (trigger instanceof HTMLButtonElement) trigger.disabled = false;
}

/** @param {number} time */
const late = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Runs the add-in's handlers of an event. @param {string} type @param {object} details @returns {Promise<any[]>} */
async function launch(type, details) {
  if (client.mobile || client.set < 10) return [];
  const handlers = (addin.events ?? []).filter((/** @type {any} */ one) => one.type === type);
  return Promise.all(
    handlers.map(async (/** @type {any} */ one) => {
      const job = { name: one.function, event: { type, source: { id: type }, ...details } };
      const { runtime, finished } = openRuntime("event", addin.handlers, byId("hidden-frames"), job);
      const result = await Promise.race([finished, late(5 * minute)]);
      closeRuntime(runtime);
      document.body.dataset.lastEvent = type;
      return result;
    }),
  );
}

/** Tells the add-in what the person changes. */
function watch() {
  form.addEventListener("change", (event) => {
    const name = event.target instanceof Element ? (event.target.getAttribute("name") ?? "") : "";
    const on = kinds.find((kind) => kind.fields.includes(name));
    if (!on) return;
    const args = { type: on.type, ...on.args() };
    if (client.set >= on.set && !client.mobile) raise(on.type, args);
    if (client.set >= 11) void launch(on.launch, {});
  });
}

const kinds = [
  {
    fields: ["date", "start", "end_date", "end", "zone", "all_day"],
    type: "olkAppointmentTimeChanged",
    launch: "OnAppointmentTimeChanged",
    set: 7,
    args: () => times(),
  },
  {
    fields: ["required", "optional"],
    type: "olkRecipientsChanged",
    launch: "OnAppointmentAttendeesChanged",
    set: 7,
    args: () => ({ changedRecipientFields: { requiredAttendees: true, optionalAttendees: true, resources: false } }),
  },
  {
    fields: ["repeat"],
    type: "olkRecurrenceChanged",
    launch: "OnAppointmentRecurrenceChanged",
    set: 7,
    args: () => ({ recurrence: patternOf() }),
  },
  {
    fields: ["location", "room"],
    type: "olkEnhancedLocationsChanged",
    launch: "",
    set: 8,
    args: () => ({ enhancedLocations: locations() }),
  },
];

/** Asks the add-in's OnAppointmentSend handlers first, as Outlook does. */
byId("send")?.addEventListener("click", async (/** @type {MouseEvent} */ event) => {
  if (!(addin.events ?? []).some((/** @type {any} */ one) => one.type === "OnAppointmentSend") || client.set < 12)
    return;
  event.preventDefault();
  const answers = await launch("OnAppointmentSend", {});
  const no = answers.find((one) => one?.allowEvent === false);
  if (!no) {
    const send = Object.assign(document.createElement("input"), { type: "hidden", name: "send", value: "1" });
    form.append(send);
    return form.requestSubmit();
  }
  byId("addin-problem").textContent = no.errorMessage ?? "The add-in does not let this appointment be sent yet.";
  byId("addin-problem").hidden = false;
});

/** @param {number} width of the task pane, in pixels */
function setWidth(width) {
  const most = Math.min(640, Math.max(280, Math.round(width)));
  byId("pane").style.setProperty("--pane", `${most}px`);
  grip.setAttribute("aria-valuenow", String(most));
}

const grip = byId("grip");
grip.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => grip.setPointerCapture(event.pointerId));
grip.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
  if (grip.hasPointerCapture(event.pointerId)) setWidth(byId("pane").getBoundingClientRect().right - event.clientX);
});
grip.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
  if (step) setWidth(byId("pane").offsetWidth + step);
});
field("zone").addEventListener("change", () => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: field("zone").value });
    field("zone").setCustomValidity("");
  } catch {
    field("zone").setCustomValidity("There is no such time zone; try one like Europe/London.");
  }
});

openEditor();
if (!facts.readOnly) install();
if (selects) selectSome();
document.body.dataset.ready = "1";
