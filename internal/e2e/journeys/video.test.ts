// From the invitation through the door to the page that one meets on, for each video system that can stand behind the door.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { binary, type Demo, startDemo } from "../demo.js";
import { ask, startsAs } from "../door.js";
import { find, follow, press, type, until, words } from "../person.js";
import { goTo, setUsePMI, signIn } from "../portal.js";
import { ada, addEvent, openCalendar, waitForLink } from "../standin.js";

const title = "Engine review #meet";

/** A video system, and what is told of a room in it. */
interface System {
  rooms: string;
  room: RegExp; // the address that people end at, below the stand-in
  cannot: RegExp; // what Settings say that it does not hold to
}

const systems: System[] = [
  { rooms: "jitsi", room: /^\/[a-z2-7]{26}#config\.subject=/, cannot: /asks for no signed tokens/ },
  {
    rooms: "link",
    room: /^\/[a-z2-7]{26}\?name=.*#topic=Engine%20review%20%23meet$/,
    cannot: /lets everybody in who has it/,
  },
  { rooms: "zoom", room: /^\/j\/2468135790\?pwd=/, cannot: /Zoom’s own apps show no Join button/ },
];

for (const system of systems) {
  describe(`the way into a meeting with ${system.rooms}`, () => {
    let demo: Demo;
    let window: Window;
    let host: Visitor;
    let link: string;

    before(async () => {
      demo = await startDemo([binary, "demo", "--rooms", system.rooms]);
      window = await openWindow();
      host = await newVisitor(window);
      await signIn(host.page, demo, ada);
    });

    after(async () => {
      await window?.close();
      await demo?.stop();
    });

    if (system.rooms === "zoom") {
      it("connects Zoom, whose number the room has then", async () => {
        await goTo(host.page, "Profile");
        assert.match(await words(host.page), /Connect Zoom to have your room/);
        await follow(host.page, "link", "Connect Zoom");
        await follow(host.page, "button", `Allow as ${ada.name} ${ada.email}`);
        await until("Zoom's number in the profile", async () => {
          await host.page.goto(new URL("/profile", demo.portal).href, { waitUntil: "load" });
          return (await words(host.page)).includes("246 813 5790") ? true : undefined;
        });
        assert.doesNotMatch(await words(host.page), /Edit Personal Meeting ID/);
      });
    }

    it("says in Settings what the door cannot do", async () => {
      await setUsePMI(host.page, true);
      assert.match(await words(host.page), system.cannot);
    });

    it("puts the link into an event", async () => {
      await openCalendar(host.page, demo, ada);
      await addEvent(host.page, { title, ...now(), zone: "Europe/London" });
      link = (await waitForLink(host.page, demo, title)).door;
      assert.match(link, /\/j\/\d{10}\?pwd=[\w-]{22}&omn=\d{11}$/);
    });

    it("leads host and guest through the door to one page", async () => {
      const guest = await newVisitor(window);
      await guest.page.goto(link, { waitUntil: "load" });
      await ask(guest.page, "Grace Hopper");
      await host.page.goto(link, { waitUntil: "load" });
      const room = await startsAs(host, demo);
      assert.match(room.href.slice(room.origin.length), system.room);
      await press(host.page, "button", "Admit Grace Hopper");
      await guest.page.bringToFront();
      await until("the guest to be in the meeting", async () =>
        new URL(guest.page.url()).origin === demo.video.origin ? true : undefined,
      );
      await find(guest.page, "heading", "You are in the meeting");
      assert.equal(new URL(guest.page.url()).pathname, room.pathname);
      assert.deepEqual(guest.left, [], "nothing leaves the loopback");
      assertQuiet(guest);
      await guest.leave();
    });

    if (system.rooms === "zoom") {
      it("follows a number that is changed at Zoom", async () => {
        await host.page.goto(new URL(`/profile?as=${ada.email}`, demo.video).href, { waitUntil: "load" });
        await type(host.page, "Personal Meeting ID", "369 258 1470");
        await follow(host.page, "button", "Save");
        await openCalendar(host.page, demo, ada);
        const shown = await until("Zoom's new number in the event", async () => {
          const found = await waitForLink(host.page, demo, title);
          return found.door.includes("/j/3692581470?") ? found : undefined;
        });
        for (const way of [link, shown.door]) {
          await host.page.goto(way, { waitUntil: "load" });
          await find(host.page, "heading", title);
        }
      });
    }
  });
}

/** Ten minutes that are on, in Ada's zone, as the form's fields take them. */
function now(): { date: string; start: string; end: string } {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "short" });
  const [day = "", time = ""] = clock.format(Date.now()).split(", ");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const from = Math.min(hours * 60 + minutes, 24 * 60 - 21);
  const written = (m: number) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
  return { date: day.split("/").reverse().join("-"), start: written(from), end: written(from + 20) };
}
