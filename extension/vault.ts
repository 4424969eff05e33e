// Where the refresh token lies. Content scripts can read storage.local, in Firefox always: a database belongs to the
// extension's own origin, which no content script has.
import type { Shelf } from "../internal/web/client/oauth.ts";

const table = "kept";

/** A shelf for one value under a name. */
export function vault(name: string): Shelf {
  return {
    name,
    read: async () => {
      const found = await run("readonly", (kept) => kept.get(name));
      return typeof found === "string" ? found : undefined;
    },
    write: async (token) => void (await run("readwrite", (kept) => kept.put(token, name))),
    clear: async () => void (await run("readwrite", (kept) => kept.delete(name))),
  };
}

async function run(mode: IDBTransactionMode, act: (kept: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const db = await open();
  try {
    const done = db.transaction(table, mode, { durability: "strict" });
    const request = act(done.objectStore(table));
    await new Promise<void>((resolve, reject) => {
      done.oncomplete = () => resolve();
      done.onabort = () => reject(done.error);
    });
    return request.result;
  } finally {
    db.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("parlor", 1);
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
