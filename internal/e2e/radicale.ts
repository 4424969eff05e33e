// Starts Radicale as Debian packages it: a calendar server that nobody here wrote, with one person and an empty calendar.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./demo.js";
import { until } from "./person.js";

/** One running server. */
export interface Radicale {
  url: string;
  user: string;
  password: string;
  put: (name: string, text: string) => Promise<void>;
  get: (name: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts a server with an empty calendar. */
export async function startRadicale(): Promise<Radicale> {
  const dir = mkdtempSync(join(tmpdir(), "radicale-"));
  const [user, password] = ["ada@example.com", "app-password of ada"];
  const host = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(dir, "users"), `${user}:${password}\n`);
  writeFileSync(
    join(dir, "conf"),
    `[server]\nhosts=${host}\n[auth]\ntype=htpasswd\nhtpasswd_filename=${dir}/users\nhtpasswd_encryption=plain\ndelay=0\n` +
      `[storage]\nfilesystem_folder=${dir}/data\n[logging]\nlevel=warning\n`,
  );
  const child = spawn("radicale", ["-C", join(dir, "conf")], { stdio: "ignore" });
  const url = `http://${host}`;
  const ask = async (method: string, name: string, body?: string): Promise<string> => {
    const answer = await fetch(`${url}/${user}/home/${name}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, "content-type": "text/calendar" },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) throw new Error(`${method} ${name}: ${answer.status}`);
    return await answer.text();
  };
  await until("radicale answers", () => fetch(url).then(Boolean, () => undefined));
  await ask("MKCALENDAR", "");
  return {
    url,
    user,
    password,
    put: async (name, text) => void (await ask("PUT", name, text)),
    get: (name) => ask("GET", name),
    stop: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
      rmSync(dir, { recursive: true });
    },
  };
}
