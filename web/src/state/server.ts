// Asking the server.

import type { ProblemDocument } from './documents';

/** What went wrong, in the server's words where it has some (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The parameter that it is about. */
    readonly parameter?: string,
  ) {
    super(message);
  }
}

/** The JSON at `path`, or a `Problem`. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, signal ? { signal } : {}).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem(0, String(cause));
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const { status, statusText } = response;
  const document = (await response.json().catch(() => null)) as Partial<ProblemDocument> | null;
  const words = [document?.title, document?.detail].filter(Boolean).join(': ') || `${status} ${statusText}`;
  return new Problem(status, words, document?.parameter ?? undefined);
}

const kept = new Map<string, Promise<unknown>>();
/** Answers kept for going back and forth; each is pinned to a release and so never changes. */
const MOST_KEPT = 400;

/** The JSON at a pinned path, asked for once. A failure is not kept. */
export function once<T>(path: string): Promise<T> {
  let answer = kept.get(path) as Promise<T> | undefined;
  if (!answer) {
    answer = get<T>(path);
    kept.set(path, answer);
    answer.catch(() => kept.delete(path));
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }
  return answer;
}
