import { follow } from "./follow";
import { livePanel } from "./panel";
import { type Words, write } from "./words";

interface Told extends Words {
  standing: string;
}

const glance = 900; // ms in which one can read, or be read, that the door has opened

/** Keeps a page at the door up to date: a guest's, who waits, and the host's panel. */
export function atDoor(page: Document, signal: AbortSignal): void {
  const place = page.querySelector<HTMLElement>("[data-door]");
  if (place?.matches(".panel")) livePanel(place, signal);
  else if (place) wait(place, signal);
}

function wait(place: HTMLElement, signal: AbortSignal): void {
  follow(() => place.dataset["door"] ?? "", signal, {
    standing: (data) => stand(place, JSON.parse(data) as Told),
    lost: () => {
      const said = place.querySelector("[data-words]");
      if (said) said.textContent = place.dataset["lost"] ?? "";
    },
  });
}

/** What changes the page is asked for anew; what only changes the words is written into it. */
function stand(place: HTMLElement, told: Told): void {
  const enter = place.querySelector<HTMLFormElement>("[data-enter]");
  const said = place.querySelector<HTMLElement>("[data-words]");
  if (told.standing === place.dataset["standing"]) {
    if (said) write(said, told);
  } else if (told.standing === "in" && enter?.hidden && said) {
    letIn(place, enter, said);
  } else if (told.standing !== "in" || !enter) {
    location.replace(place.dataset["here"] ?? location.href);
  }
}

/** Says that the door is open, and goes in. */
function letIn(place: HTMLElement, enter: HTMLFormElement, said: HTMLElement): void {
  place.dataset["standing"] = "in";
  said.textContent = place.dataset["let"] ?? "";
  document.title = said.textContent;
  enter.hidden = false;
  enter.querySelector("button")?.focus();
  setTimeout(() => enter.requestSubmit(), glance);
}
