import { inOwnZone } from "./zone";

/** A sentence, and one more that ends with a time; see words.go of the door. */
export interface Words {
  text: string;
  upon?: string;
  at?: { ISO: string; As: string; Text: string };
}

/** Writes them as the server would, unless they stand there already: a repetition would be read out. */
export function write(place: HTMLElement, words: Words): void {
  const parts: (string | Node)[] = [words.text];
  if (words.at) {
    const time = document.createElement("time");
    time.dateTime = words.at.ISO;
    time.dataset["as"] = words.at.As;
    time.textContent = words.at.Text;
    inOwnZone(time);
    parts.push(` ${words.upon} ${words.at.As === "time" ? "at " : ""}`, time, ".");
  }
  const draft = document.createElement("p");
  draft.append(...parts);
  if (draft.textContent !== place.textContent) place.replaceChildren(...parts);
}
