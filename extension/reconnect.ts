import type { Calendar } from "../internal/web/client/api.ts";

/** Whether a calendar is not looked after until the person connects it again. */
export function mustReconnect({ on, state }: Calendar): boolean {
  return on && state === "reconnect";
}
