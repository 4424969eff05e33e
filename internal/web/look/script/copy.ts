import { say } from "./say";

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
    words = showForHand(button) ? "Selected below: copy it by hand" : "Not copied";
  }
  button.textContent = words;
  say(words);
  setTimeout(() => {
    button.textContent = label;
    say("");
  }, 2500);
}

/** Where a browser forbids copying, the field with the same text is shown and selected. */
function showForHand(button: HTMLButtonElement): boolean {
  const fields = button.closest("li, dd")?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[readonly]") ?? [];
  const text = button.dataset["copy"]?.trim();
  const field = Array.from(fields).find((one) => one.value.trim() === text);
  if (!field) return false;
  const hidden = field.closest("details");
  if (hidden) hidden.open = true;
  field.select();
  return true;
}
