/** A signal that ends with its parent or after a while, whichever is first. */
export interface Deadline {
  signal: AbortSignal;
  over: () => void; // forgets the timer and the parent
}

/** Makes a deadline. AbortSignal.any and .timeout are younger than some runtimes that this runs in. */
export function deadline(milliseconds: number, parent?: AbortSignal): Deadline {
  const own = new AbortController();
  const end = () => own.abort(failure("AbortError", "given up"));
  const timer = setTimeout(() => own.abort(failure("TimeoutError", "took too long")), milliseconds);
  if (parent?.aborted) end();
  parent?.addEventListener("abort", end);
  const over = () => {
    clearTimeout(timer);
    parent?.removeEventListener("abort", end);
  };
  return { signal: own.signal, over };
}

function failure(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Runs work under a deadline of its own; rejects when the time is up even if the work never notices. */
export async function within<T>(
  milliseconds: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, over } = deadline(milliseconds, parent);
  const tooLate = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason ?? failure("TimeoutError", "took too long"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work(signal), tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    over();
  }
}
