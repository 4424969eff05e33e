// The page at the end of the sign-in dialog: it hands what came back to the add-in that opened it, which closes the window.
import { language, ready, tellOpener } from "./office.ts";
import { wordsFor } from "./words.ts";

async function handOver(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const said = { code: query.get("code"), state: query.get("state"), error: query.get("error") };
  history.replaceState(null, "", location.pathname); // the code must not stay in the address
  await ready();
  const told = tellOpener(JSON.stringify(said));
  const words = wordsFor(language());
  const line = document.getElementById("result");
  if (line) line.textContent = told && !said.error ? words.signedInClose : words.signInUnheard;
}

void handOver();
