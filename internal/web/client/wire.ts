import { within } from "./deadline.ts";
import { asProblem, Problem, problemOf } from "./problem.ts";

/** An answer that has arrived whole. */
export interface Answer {
  status: number;
  etag: string;
  body: unknown; // parsed JSON, undefined when there was none
}

const wait = 15_000;

/** Sends one request and reads the answer to its end, all within 15 seconds. No answer is a Problem. */
export async function send(address: string, init: RequestInit, parent?: AbortSignal): Promise<Answer> {
  try {
    return await within(wait, parent, async (signal) => {
      const answer = await fetch(address, { ...init, credentials: "omit", signal });
      return { status: answer.status, etag: answer.headers.get("ETag") ?? "", body: parse(await answer.text()) };
    });
  } catch (thrown) {
    throw asProblem(thrown);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body of a good answer; any other is thrown as the problem it is. */
export function accepted(answer: Answer): Answer {
  if (answer.status < 200 || answer.status > 299) throw problemOf(answer.status, answer.body);
  if (answer.body === undefined && answer.status === 200) throw new Problem("server", answer.status);
  return answer;
}
