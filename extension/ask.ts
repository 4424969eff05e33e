// How a content script, or a page of the extension, asks the worker.
import { browser } from "./browser.ts";
import type { Asks, Reply, Trouble } from "./messages.ts";

/** Thrown when the worker answers with trouble. */
export class Refused extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.title);
    this.name = "Refused";
    this.trouble = trouble;
  }
}

/** Thrown when the extension was updated or switched off: the page has to be loaded again before anything can be asked. */
export class Gone extends Error {}

/** Asks the worker; trouble is thrown as Refused. A content script is answered ContentAsks alone. The browser starts the worker when it sleeps. */
export async function ask<K extends keyof Asks>(kind: K, fields: Asks[K]["ask"]): Promise<Asks[K]["answer"]> {
  const reply = (await deliver({ ...fields, kind })) as Reply<Asks[K]["answer"]> | undefined;
  if (reply === undefined) throw new Gone("nobody answered");
  if ("error" in reply) throw new Refused(reply.error);
  return reply.answer;
}

async function deliver(message: object): Promise<unknown> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch (thrown) {
    throw new Gone(thrown instanceof Error ? thrown.message : "nobody answered");
  }
}
