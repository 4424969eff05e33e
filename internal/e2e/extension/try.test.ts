import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startDemo } from "../demo.js";
import { openEquipped, openPage, shows, signInThrough } from "../extension.js";

test("try", async () => {
  const demo = await startDemo();
  const eq = await openEquipped(demo);
  const shots = new URL("../../shots/", import.meta.url).pathname;
  try {
    console.log(eq.home, demo.portal.href);
    const popup = await openPage(eq, "popup");
    await shows(popup, "signed-out");
    await popup.screenshot({ path: `${shots}x-out.png` });
    await signInThrough(eq, popup, "Ada Lovelace ada@example.com");
    await popup.bringToFront();
    await shows(popup, "home");
    await popup.screenshot({ path: `${shots}x-home.png`, fullPage: true });
    await popup.click("#schedule");
    await shows(popup, "schedule");
    await pause(1000);
    await popup.screenshot({ path: `${shots}x-schedule.png`, fullPage: true });
    await popup.type("#title", "Tea");
    await popup.click("#submit");
    await shows(popup, "scheduled");
    await popup.screenshot({ path: `${shots}x-scheduled.png`, fullPage: true });
    const options = await openPage(eq, "options");
    await shows(options, "settings");
    await options.screenshot({ path: `${shots}x-options.png`, fullPage: true });
  } catch (e) {
    for (const [i, p] of (await eq.browser.pages()).entries()) {
      console.log(i, p.url());
      await p.bringToFront().catch(() => 0);
      await p.screenshot({ path: `${shots}x-fail-${i}.png` }).catch((x) => console.log(String(x)));
    }
    throw e;
  } finally {
    console.log(eq.faults);
    await eq.close();
    await demo.stop();
  }
});
