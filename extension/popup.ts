// The pop-up of the button in the browser's bar.
import { button, h } from "../internal/web/client/dom.ts";
import { ask } from "./ask.ts";
import { home } from "./popup/home.ts";
import { actions, Stage, signedOut, stuck } from "./stage.ts";
import { say } from "./words.ts";

const stage = new Stage();

async function open(): Promise<void> {
  stage.wait();
  try {
    const who = await ask("whoami", {});
    if (who.server === "") return unset();
    if (!who.signedIn) return signedOut(stage, who, () => void open());
    await home(stage, who.server, () => void open());
  } catch (thrown) {
    stuck(stage, thrown, () => void open());
  }
}

function unset(): void {
  const signal = stage.next();
  const enter = button(say("enterAddress"), { id: "enter-address", autofocus: true }, () => void options(), signal);
  stage.show("unset", say("welcome"), h("p", {}, say("addressNeeded")), actions(enter));
}

async function options(): Promise<void> {
  await ask("openOptions", {});
  close();
}

void open();
