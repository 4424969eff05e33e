/** What is done with each kind of event. lost is called when the stream has broken off, before it is tried again. */
export type Heard = Record<string, (data: string) => void>;

const first = 1000;
const longest = 15_000;

/** Follows a stream of events until the signal, however often it breaks off. A browser gives up after an answer that is no stream. */
export function follow(address: () => string, signal: AbortSignal, heard: Heard): void {
  let pause = first;
  const open = () => {
    if (signal.aborted) return;
    const stream = new EventSource(address());
    const end = () => stream.close();
    signal.addEventListener("abort", end, { once: true });
    stream.onopen = () => {
      pause = first;
    };
    for (const [kind, hear] of Object.entries(heard)) {
      stream.addEventListener(kind, (event) => event instanceof MessageEvent && hear(String(event.data)));
    }
    stream.onerror = () => {
      signal.removeEventListener("abort", end);
      stream.close();
      heard["lost"]?.("");
      setTimeout(open, pause * (0.5 + Math.random())); // not everybody at once
      pause = Math.min(pause * 2, longest);
    };
  };
  open();
}
