// "Settings": the page that browsers open for the extension.
import { ask } from "./ask.ts";
import { generic } from "./server.ts";
import { place } from "./settings/place.ts";
import { settings } from "./settings/settings.ts";
import { Stage, signedOut, stuck } from "./stage.ts";

const stage = new Stage();

async function open(): Promise<void> {
  stage.wait();
  try {
    const who = await ask("whoami", {});
    if (who.server === "") return place(stage, "", () => void open());
    if (who.signedIn) return await settings(stage, who.server, () => void open());
    signedOut(stage, who, () => void open());
    if (generic) place.also(stage, who.server, () => void open());
  } catch (thrown) {
    stuck(
      stage,
      thrown,
      () => void open(),
      () => void leave(),
    );
  }
}

/** Signs out here, also while the server cannot be told. */
async function leave(): Promise<void> {
  stage.wait();
  await ask("signOut", {}).catch(() => undefined);
  await open();
}

void open();
