// The appointment in the form: reading and writing it, for the person's own controls and for the add-in.
import { readHTML } from "./rewrite.js";
import { newTeamsMeeting } from "./teams.js";
import { momentOf, wallOf } from "./zones.js";

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);
export const facts = JSON.parse(byId("facts").dataset.facts);
export const form = /** @type {HTMLFormElement} */ (byId("appointment"));
const body = /** @type {HTMLElement} */ (byId("body"));
const bodyText = /** @type {HTMLTextAreaElement} */ (byId("body-text"));

/** @param {string} name @returns {HTMLInputElement} */
export const field = (name) => /** @type {any} */ (form.elements.namedItem(name));

/** Where the cursor or the selection in the body was last. @type {Range | undefined} */
let place;
let untouched = "";
/** How long the appointment was before the latest change, in milliseconds. */
let length = Number.NaN;

/** Fills the body and binds the page's own controls. */
export function openEditor() {
  body.append(readHTML(looksHTML(facts.body) ? facts.body : asHTML(facts.body), false));
  if (facts.bodyType === "text") bodyText.value = body.innerText;
  body.contentEditable = String(!facts.readOnly);
  bodyText.readOnly = facts.readOnly;
  showBody();
  untouched = stored();
  length = times().end - times().start;
  byId("plain").addEventListener("change", switchFormat);
  byId("teams").addEventListener("change", switchTeams);
  document.addEventListener("selectionchange", remember);
  form.addEventListener("submit", fill);
  form.addEventListener("change", keepLength, { capture: true });
}

/** @param {string} text */
const looksHTML = (text) => /<\/?[a-z][^>]*>/i.test(text);

/** @param {string} text */
export function asHTML(text) {
  const holder = document.createElement("div");
  holder.textContent = text;
  return holder.innerHTML.replaceAll("\n", "<br>");
}

/** The body's type: "html" or "text". */
export const bodyType = () => field("body_type").value;

function showBody() {
  body.hidden = bodyType() === "text";
  bodyText.hidden = !body.hidden;
}

function switchFormat() {
  const plain = byId("plain").checked;
  if (plain) bodyText.value = body.innerText;
  else body.replaceChildren(readHTML(asHTML(bodyText.value), false));
  field("body_type").value = plain ? "text" : "html";
  place = undefined;
  showBody();
}

function switchTeams() {
  if (byId("teams").checked) {
    const meeting = newTeamsMeeting();
    field("online").value = meeting.join;
    if (bodyType() === "text") bodyText.value += `\n\n${readHTML(meeting.block, false).textContent}`;
    else body.append(readHTML(meeting.block, false));
  } else {
    field("online").value = "";
    body.querySelector(".me-email-text[lang], .x_me-email-text[lang]")?.remove();
  }
}

/** Tells whether the Teams switch is on. */
export const hasTeams = () => field("online").value !== "";

function remember() {
  const selection = document.getSelection();
  if (selection && selection.rangeCount > 0 && body.contains(selection.anchorNode))
    place = selection.getRangeAt(0).cloneRange();
}

/** Selects the body's first words, as a person would. */
export function selectSome() {
  body.focus();
  const range = document.createRange();
  range.selectNodeContents(body.firstChild ?? body);
  document.getSelection()?.removeAllRanges();
  document.getSelection()?.addRange(range);
}

/** The body as Exchange keeps it: text as HTML under a mark of its own. */
const stored = () =>
  bodyType() === "text" ? `<div class="PlainText">${asHTML(bodyText.value)}</div>` : body.innerHTML;

/** Puts the body into the hidden fields that are sent. */
function fill() {
  field("body").value = stored();
  field("body_changed").value = stored() === untouched ? "" : "1";
}

/** Saves without leaving the page, as the add-in's saveAsync does, and returns the event's id. @returns {Promise<string>} */
export async function saveHere() {
  fill();
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) sent.append(name, String(value));
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(await answer.text());
  const { id, eid } = await answer.json();
  field("eid").value = eid;
  untouched = stored();
  return id;
}

/** @param {"html" | "text"} type */
export function readBody(type) {
  if (bodyType() === "text") return type === "text" ? bodyText.value : asHTML(bodyText.value);
  return type === "text" ? body.innerText : body.innerHTML;
}

/** @param {string} text @param {boolean} isHTML */
export const wordsOf = (text, isHTML) => (isHTML ? (readHTML(text, false).textContent ?? "") : text);

/** @param {string} data @param {boolean} isHTML @param {boolean} rewrites */
const piece = (data, isHTML, rewrites) => readHTML(isHTML ? data : asHTML(data), isHTML && rewrites);

/** Replaces the body. @param {string} data @param {boolean} isHTML @param {boolean} rewrites */
export function setBody(data, isHTML, rewrites) {
  if (bodyType() === "text") bodyText.value = wordsOf(data, isHTML);
  else body.replaceChildren(piece(data, isHTML, rewrites));
}

/** Puts data on top of the body. @param {string} data @param {boolean} isHTML @param {boolean} rewrites */
export function prependBody(data, isHTML, rewrites) {
  if (bodyType() === "text") bodyText.value = wordsOf(data, isHTML) + bodyText.value;
  else body.prepend(piece(data, isHTML, rewrites));
}

/** Puts data where the cursor is, in the place of what is selected. @param {string} data @param {boolean} isHTML @param {boolean} rewrites */
export function insertBody(data, isHTML, rewrites) {
  if (bodyType() === "text") {
    bodyText.setRangeText(wordsOf(data, isHTML), bodyText.selectionStart, bodyText.selectionEnd, "end");
    return;
  }
  if (!place || !body.contains(place.startContainer)) return prependBody(data, isHTML, rewrites);
  place.deleteContents();
  place.insertNode(piece(data, isHTML, rewrites));
  place.collapse(false);
}

/** Start and end, in milliseconds since 1970. */
export function times() {
  const zone = field("zone").value;
  const allDay = field("all_day").checked;
  const start = momentOf(zone, field("date").value, allDay ? "00:00" : field("start").value);
  const end = momentOf(zone, field("end_date").value, allDay ? "00:00" : field("end").value);
  return { start, end: allDay ? end + 24 * 3600 * 1000 : end };
}

/** Moves the start and keeps the length, as Outlook does, or moves the end. @param {"start" | "end"} which @param {number} moment */
export function setTime(which, moment) {
  if (which === "start") show("date", "start", moment);
  show("end_date", "end", which === "start" ? moment + length : moment);
  length = times().end - times().start;
}

/** @param {string} date @param {string} clock @param {number} moment */
function show(date, clock, moment) {
  const wall = wallOf(field("zone").value, moment);
  field(date).value = wall.date;
  field(clock).value = wall.time;
}

/** Lets the end follow when a person changes the start. @param {Event} event */
function keepLength(event) {
  const tail = field("all_day").checked ? 24 * 3600 * 1000 : 0;
  const moves = event.target === field("date") || event.target === field("start");
  if (moves && length >= 0) show("end_date", "end", times().start + length - tail);
  length = times().end - times().start;
}

/** @param {"required" | "optional"} list @returns {string[]} */
export const guests = (list) =>
  field(list)
    .value.split(/[;,\s]+/)
    .filter((one) => one !== "");

/** The rooms that are invited. */
export const pickedRooms = () =>
  [...form.querySelectorAll('input[name="room"]:checked')].map((box) => /** @type {HTMLInputElement} */ (box));
