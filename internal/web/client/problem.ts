/** What kind of failure it was; the clients' own words are chosen by it. */
export type ProblemKind =
  | "offline" // no answer at all
  | "timeout" // no answer in time
  | "signed_out" // nobody is signed in, or not any more
  | "refused" // 403, 409: the server says why
  | "missing" // 404
  | "stale" // 412: changed meanwhile
  | "too_large" // 413
  | "invalid" // 422: the fields say what is wrong
  | "busy" // 429, 503, 409 of type urn:parlor:busy: the same request may work in a moment
  | "server"; // anything else

/** One field that the server did not accept. */
export interface Fault {
  field: string; // "keyword", "guard.overlap"
  message: string;
}

/** A request that did not do what it was for. The detail is the server's own sentence (RFC 9457), "" when it gave none. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly detail: string;
  readonly faults: Fault[];

  constructor(kind: ProblemKind, status = 0, detail = "", faults: Fault[] = []) {
    super(detail || kind);
    this.name = "Problem";
    this.kind = kind;
    this.status = status;
    this.detail = detail;
    this.faults = faults;
  }
}

const kinds: Record<number, ProblemKind> = {
  401: "signed_out",
  403: "refused",
  404: "missing",
  409: "refused",
  412: "stale",
  413: "too_large",
  422: "invalid",
  428: "stale",
  429: "busy",
  503: "busy",
};

interface Said {
  type?: unknown;
  detail?: unknown;
  errors?: { location?: string; message?: string }[] | null;
}

/** Reads the problem out of an answer (RFC 9457); a body that is none still gives the status. */
export function problemOf(status: number, body: unknown): Problem {
  const said = (body ?? {}) as Said;
  const kind = said.type === "urn:parlor:busy" ? "busy" : (kinds[status] ?? "server");
  const detail = typeof said.detail === "string" ? said.detail : "";
  return new Problem(kind, status, detail, (said.errors ?? []).map(faultOf));
}

function faultOf(error: { location?: string; message?: string }): Fault {
  return { field: (error.location ?? "").replace(/^(body|query)\.?/, ""), message: error.message ?? "" };
}

/** What a thrown thing is, as a problem: a fetch that never got an answer, or was given up. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const name = thrown instanceof Error ? thrown.name : "";
  if (name === "TimeoutError" || name === "AbortError") return new Problem("timeout");
  return new Problem(name === "TypeError" ? "offline" : "server", 0, "");
}
