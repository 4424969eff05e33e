const queues = new Map<string, Promise<unknown>>();

/**
 * Runs work alone among all tabs and frames of the origin (Web Locks), or at least within this one where a runtime has no
 * locks. Waiting ends with the signal.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return inOwnTurn(name, work);
  return locks.request(name, signal ? { signal } : {}, work) as Promise<T>;
}

function inOwnTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(name, mine);
  return mine;
}
