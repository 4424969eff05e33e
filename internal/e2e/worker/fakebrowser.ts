// What the worker needs of a browser, in memory; to be imported before anything of the extension.
const kept: Record<string, Record<string, unknown>> = { local: {}, session: {} };

function area(name: "local" | "session") {
  return {
    get: async (key: string) => ({ [key]: kept[name]?.[key] }),
    set: async (items: Record<string, unknown>) => void Object.assign(kept[name] ?? {}, items),
    remove: async (key: string) => void delete kept[name]?.[key],
  };
}

/** What is in storage now. */
export { kept };

Object.assign(globalThis, {
  PARLOR_ORIGIN: "",
  PARLOR_PAGES: ["https://calendar.google.com"],
  browser: {
    runtime: { id: "parlor", getURL: (path: string) => `moz-extension://home/${path}` },
    storage: { local: area("local"), session: area("session") },
    i18n: { getMessage: (name: string) => name },
  },
});
