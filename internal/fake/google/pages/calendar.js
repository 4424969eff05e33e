// Makes of the plain pages what a person meets in Google Calendar, as far as an extension can see it: the same ids, roles and
// data attributes, a description that is edited in place, a quick bubble that is drawn anew soon after it has opened, and a
// pop-up whose node is used again for the next event. Without this script every page works as it is.

const view = document.querySelector("[data-view]");
if (view) document.body.dataset.viewfamily = view.dataset.view;

function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/** The description as Google Calendar edits it; the form's own field takes it over when it was touched. */
function editable(field, ...shown) {
  const box = make("div", {
    role: "textbox",
    contenteditable: "true",
    "aria-multiline": "true",
    "aria-label": "Description",
  });
  box.append(...shown);
  box.addEventListener("input", () => {
    field.value = box.getHTML() === "<br>" ? "" : box.getHTML();
    field.dataset.touched = "";
  });
  return box;
}

function follow(form) {
  const date = form.querySelector("#xStDaIn");
  const last = form.querySelector("#xEnDaIn");
  const times = [form.querySelector("#xStTiIn"), form.querySelector("#xEnTiIn")];
  const note = () => {
    date.dataset.date = date.value.replaceAll("-", "");
    if (last) last.dataset.date = (last.value || date.value).replaceAll("-", "");
    for (const time of times) time.dataset.initialValue = time.value;
  };
  form.addEventListener("change", note);
  note();
}

const rules = { daily: "FREQ=DAILY", weekly: "FREQ=WEEKLY", weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" };

function editor(form) {
  follow(form);
  const field = form.elements.namedItem("description");
  const shown = form.querySelector("#xDescIn template").content;
  field.closest("label").hidden = true;
  form.querySelector("#xDescIn").append(make("p", {}, "Description"), editable(field, shown));
  const repeat = form.elements.namedItem("repeat");
  const chosen = make("div", { role: "option", "aria-selected": "true" });
  form.append(make("div", { role: "listbox", hidden: "" }, chosen));
  const guests = form.elements.namedItem("guests");
  const note = () => {
    const rule = rules[repeat?.value] ?? /RRULE:(\S+)/.exec(repeat?.selectedOptions[0]?.textContent ?? "")?.[1];
    chosen.dataset.value = JSON.stringify([0, rule ? `RRULE:${rule}` : null]);
    const all = guests.value.split(/[,;\s]+/).filter(Boolean);
    form
      .querySelector("#xGstLst")
      .replaceChildren(
        ...all.map((email) => make("div", { role: "treeitem", "data-email": email, class: "quiet" }, email)),
      );
  };
  form.addEventListener("change", note);
  note();
  const place = form.elements.namedItem("location");
  const before = place.value;
  form.addEventListener("submit", () => {
    if (form.dataset.isCreate === "true") return;
    const kept = [place.value === before && "location", field.dataset.touched === undefined && "description"];
    for (const value of kept) if (value) form.append(make("input", { type: "hidden", name: "kept", value }));
  });
}

function openBubble() {
  document.querySelector(".bubble")?.remove();
  const fresh = () => {
    const bubble = document.querySelector("#bubble").content.firstElementChild.cloneNode(true);
    follow(bubble.querySelector("form"));
    return bubble;
  };
  const first = fresh();
  document.body.append(first);
  first.querySelector("[name=title]").focus();
  setTimeout(() => {
    if (!first.isConnected) return;
    const second = fresh();
    const title = first.querySelector("[name=title]");
    second.querySelector("[name=title]").value = title.value;
    const writing = document.activeElement === title;
    first.replaceWith(second);
    if (writing) second.querySelector("[name=title]").focus();
  }, 500);
}

function openSlot(bubble, key) {
  const slot = bubble.querySelector(key === "location" ? "[jsname=vHVaxd]" : "[jsname=hGaP9]");
  if (key === "location") {
    const attributes = {
      type: "text",
      name: "location",
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "x",
    };
    slot.replaceChildren(make("input", { ...attributes, "aria-label": "Location" }));
    return;
  }
  const field = make("textarea", { name: "description", hidden: "" });
  slot.replaceChildren(field, editable(field));
}

function moreOptions(form) {
  const address = new URL("/calendar/r/eventedit", location.origin);
  const names = {
    user: "user",
    cal: "cal",
    title: "text",
    date: "date",
    start: "start",
    end: "end",
    location: "location",
  };
  for (const [from, to] of Object.entries({ ...names, description: "details" })) {
    const value = form.elements.namedItem(from)?.value;
    if (value) address.searchParams.set(to, value);
  }
  location.assign(address);
}

function chooseTab(bubble, chosen) {
  for (const tab of bubble.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", String(tab === chosen));
  for (const panel of bubble.querySelectorAll("[role=tabpanel]")) {
    panel.hidden = panel.getAttribute("aria-labelledby") !== chosen.id;
  }
}

/** The pop-up of an event: one node for all of them. */
const popup = make("div", { class: "bubble", role: "dialog", "aria-label": "Event", "data-chips-dialog": "true" });

async function openPopup(chip) {
  const { eventid, user } = chip.dataset;
  const answer = await fetch(`/calendar/event?eid=${eventid}&user=${encodeURIComponent(user)}`);
  const event = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
  if (!event) return;
  const [time] = event.querySelectorAll("p");
  const heading = make("span", { role: "heading", "aria-level": "2" }, event.querySelector("h1").textContent);
  const edit = make("a", { href: `/calendar/r/eventedit/${eventid}?user=${encodeURIComponent(user)}` }, "Edit event");
  const close = make("button", { class: "plain", type: "button", "data-do": "close" }, "Close");
  const details = make("div", { id: "xDetDlg", "data-eventid": eventid });
  details.append(
    make("p", { class: "bar" }, edit, close),
    make("div", { id: "xDetDlgWhen" }, make("b", {}, heading), time),
  );
  const places = event.querySelectorAll(".place");
  if (places.length > 0) details.append(make("div", { id: "xDetDlgLoc" }, ...places));
  const text = event.querySelector(".description");
  if (text) details.append(make("div", { id: "xDetDlgDesc" }, text));
  popup.replaceChildren(details);
  document.body.append(popup);
  close.focus();
}

function week() {
  const nav = document.querySelector("nav.bar");
  nav.append(make("button", { class: "plain", type: "button", "data-do": "bubble" }, "Quick event"));
  for (const chip of document.querySelectorAll("[data-eventchip]")) {
    const peek = make("button", { class: "plain peek", type: "button", "data-do": "peek" }, "Details");
    chip.querySelector(".time").append(make("br", {}), peek);
  }
}

document.addEventListener("click", ({ target }) => {
  const bubble = target.closest(".bubble");
  const key = target.closest("button")?.querySelector("[data-key]")?.dataset.key;
  if (key) openSlot(bubble, key);
  if (target.matches("[role=tab]")) chooseTab(bubble, target);
  const act = target.dataset?.do;
  if (act === "bubble") openBubble();
  if (act === "close") bubble.remove();
  if (act === "more") moreOptions(bubble.querySelector("form"));
  if (act === "peek") void openPopup(target.closest("[data-eventchip]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("body > .bubble")?.remove();
});

// As in Google Calendar, a pop-up goes when something outside of it is pressed.
document.addEventListener("pointerdown", ({ target }) => {
  if (popup.isConnected && !popup.contains(target)) popup.remove();
});

if (view?.dataset.view === "EVENT") week();
if (view?.dataset.view === "EVENT_EDIT") editor(view);
