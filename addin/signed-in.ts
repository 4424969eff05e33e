// The page at the end of the sign-in dialog: it hands what came back to the add-in that opened it, which closes the window.
import { language, ready, tellOpener } from "./office.ts";
import { wordsFor } from "./words.ts";

async function handOver(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const said = { code: query.get("code"), state: query.get("state"), error: query.get("error") };
  forget();
  await ready();
  const told = tellOpener(JSON.stringify(said));
  const words = wordsFor(language());
  const line = document.getElementById("result");
  if (line) line.textContent = told && !said.error ? words.signedInClose : words.signInUnheard;
}

/** Takes the code out of the address where that can be done: Office.js sets the method to null in all its hosts
 *  (https://learn.microsoft.com/office/dev/add-ins/reference/window-objects-unsupported-in-add-ins). Left there, the code
 *  opens nothing: it works once, and for whoever has the verifier. */
function forget(): void {
  const replaceState = history.replaceState as History["replaceState"] | null;
  replaceState?.call(history, null, "", location.pathname);
}

void handOver();
