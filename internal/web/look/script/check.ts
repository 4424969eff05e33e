import { say } from "./say";

/** What the server says about a form that is being filled; see verdict.go. */
interface Verdict {
  says: Record<string, string>;
  bad?: string[];
  suggest?: Record<string, string[]>;
}

const settled = 400;

/** Asks the server about a form while it is being filled. Its rules are there and nowhere else. */
export function checkedForms(page: Document, signal: AbortSignal): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-check]")) follow(form, signal);
  for (const button of page.querySelectorAll<HTMLElement>("[data-unscripted]")) button.hidden = true;
}

function follow(form: HTMLFormElement, signal: AbortSignal): void {
  let due: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const verdict = await judge(form, signal);
    if (verdict && mine === asked) show(form, verdict, signal);
  };
  const changed = () => {
    clearTimeout(due);
    due = setTimeout(() => void ask(), settled);
  };
  form.addEventListener("input", changed, { signal });
  form.addEventListener("change", changed, { signal });
}

async function judge(form: HTMLFormElement, signal: AbortSignal): Promise<Verdict | undefined> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  try {
    const answer = await fetch(form.dataset["check"] ?? "", { method: "POST", body, signal, redirect: "error" });
    return answer.ok ? ((await answer.json()) as Verdict) : undefined;
  } catch {
    return undefined; // the form itself will say what is wrong
  }
}

function show(form: HTMLFormElement, verdict: Verdict, signal: AbortSignal): void {
  for (const place of form.querySelectorAll<HTMLElement>("[data-says]")) {
    const name = place.dataset["says"] ?? "";
    const words = verdict.says[name] ?? "";
    const bad = verdict.bad?.includes(name) ?? false;
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === "";
    place.classList.toggle("fault", bad);
    const field = form.querySelector<HTMLInputElement>(`#${CSS.escape(name)}`);
    if (bad) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
  for (const place of form.querySelectorAll<HTMLElement>("[data-suggest]")) {
    const name = place.dataset["suggest"] ?? "";
    const field = form.querySelector<HTMLInputElement>(`#${CSS.escape(name)}`);
    if (field) offer(place, field, verdict.suggest?.[name] ?? [], signal);
  }
}

/** Shows values that can be taken with a click. */
function offer(place: HTMLElement, field: HTMLInputElement, values: string[], signal: AbortSignal): void {
  const buttons = values.map((value) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small quietly number";
    button.textContent = value;
    button.addEventListener(
      "click",
      () => {
        field.value = value;
        field.focus();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        say(value);
      },
      { signal },
    );
    return button;
  });
  place.replaceChildren(...buttons);
  place.hidden = values.length === 0;
}
