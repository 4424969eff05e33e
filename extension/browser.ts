// The part of the browsers' extension interface that we use, alike in Chrome and Firefox (Manifest V3: promises everywhere).

interface Event<Listener> {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}

/** Who sent a message (developer.mozilla.org, runtime.MessageSender). */
export interface Sender {
  id?: string;
  url?: string;
  origin?: string;
  frameId?: number;
  tab?: { id?: number };
}

/** Something kept by the browser; session is gone when the browser ends. */
interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

type Hear = (message: unknown, sender: Sender, answer: (reply: unknown) => void) => boolean | undefined;

export interface Browser {
  runtime: {
    id: string;
    getURL(path: string): string;
    getManifest(): { version: string; content_scripts?: { matches?: string[] }[] };
    sendMessage(message: unknown): Promise<unknown>;
    openOptionsPage(): Promise<void>;
    onMessage: Event<Hear>;
    onInstalled: Event<(details: { reason: string }) => void>;
    onStartup: Event<() => void>;
  };
  storage: { local: Area; session: Area };
  identity: {
    getRedirectURL(path: string): string;
    launchWebAuthFlow(details: { url: string; interactive: boolean }): Promise<string | undefined>;
  };
  action: {
    setBadgeText(details: { text: string }): Promise<void>;
    setBadgeBackgroundColor(details: { color: string }): Promise<void>;
    setTitle(details: { title: string }): Promise<void>;
  };
  alarms: {
    create(name: string, when: { periodInMinutes: number; delayInMinutes?: number }): Promise<void>;
    onAlarm: Event<(alarm: { name: string }) => void>;
  };
  permissions: {
    contains(asked: { origins: string[] }): Promise<boolean>;
    request(asked: { origins: string[] }): Promise<boolean>;
  };
  tabs: {
    create(tab: { url: string }): Promise<unknown>;
    query(which: {
      url?: string[];
      active?: boolean;
      currentWindow?: boolean;
    }): Promise<{ id?: number; url?: string }[]>;
    sendMessage(tab: number, message: unknown): Promise<unknown>;
  };
  i18n: {
    getMessage(name: string, substitutions?: string[]): string;
    getUILanguage(): string;
  };
}

const names = globalThis as { browser?: Browser; chrome?: Browser };
const found = names.browser ?? names.chrome;
if (!found) throw new Error("this runs in a browser's extension only");

/** The extension interface of this browser. */
export const browser: Browser = found;
