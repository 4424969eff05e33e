// Starts `parlor demo` the way a newcomer does and reads the addresses that it prints.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The built product; `npm run build` makes it. */
export const binary = fileURLToPath(new URL("./parlor", import.meta.url));

/** One running demo; its data ends with it. */
export interface Demo {
  portal: URL;
  calendar: URL; // the stand-in for Google Calendar
  outlook: URL; // the stand-in for Outlook
  video: URL; // the stand-in for the video system
  inbox: URL; // what the stand-in for the mail server took
  printed: () => string;
  stop: () => Promise<void>;
}

/** The command of a demo that also prints every pass over a calendar. */
export const talking = [binary, "demo", "-v"];

const startsWithin = 20_000;

/** Starts a demo on a free port and waits until it has printed its addresses. */
export async function startDemo(command: string[] = [binary, "demo"]): Promise<Demo> {
  const [program = binary, ...args] = command;
  const child = spawn(program, [...args, "--addr", `127.0.0.1:${await freePort()}`], {
    stdio: ["ignore", "pipe", "pipe"],
    env: bare(),
    detached: true,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (more) => (text += more));
  const printed = () => text;
  try {
    const portal = await address(child, printed, /^\s*Portal:\s+(http:\S+)/m);
    const calendar = await address(child, printed, /^\s*Google Calendar \(stand-in\):\s+(http:\S+)/m);
    const outlook = await address(child, printed, /^\s*Outlook \(stand-in\):\s+(http:\S+)/m);
    const video = await address(child, printed, /^\s*(?:Jitsi|Zoom|Video rooms) \(stand-in\):\s+(http:\S+)/m);
    const inbox = await address(child, printed, /^\s*Mail \(stand-in\):\s+(http:\S+)/m);
    return { portal, calendar, outlook, video, inbox, printed, stop: () => stop(child) };
  } catch (fault) {
    await stop(child);
    throw fault;
  }
}

/** The environment without anything that would configure Parlor. */
export function bare(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PARLOR_")));
}

async function address(child: ChildProcess, printed: () => string, shape: RegExp): Promise<URL> {
  const end = Date.now() + startsWithin;
  for (;;) {
    const found = shape.exec(printed())?.[1];
    if (found) return new URL(found);
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${printed()}`);
    if (Date.now() > end) throw new Error(`the demo never printed ${shape}:\n${printed()}`);
    await pause(20);
  }
}

/** Ends the whole process group, since `go run` starts a second process, and waits for it. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  const late = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), 10_000);
  await gone;
  clearTimeout(late);
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const at = probe.address();
  probe.close();
  if (at === null || typeof at === "string") throw new Error("no port");
  return at.port;
}
