import { say } from "./say.ts";

/** Shows the buttons that copy text, which are hidden without a script, and makes them work. */
export function copyButtons(page: Document, signal: AbortSignal): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button), { signal });
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const label = button.dataset["label"] ?? button.textContent ?? "";
  button.dataset["label"] = label;
  let words = "Copied";
  try {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
  } catch {
    words = "Not copied: open the link below and copy it by hand";
  }
  button.textContent = words;
  say(words);
  setTimeout(() => {
    button.textContent = label;
    say("");
  }, 2500);
}
