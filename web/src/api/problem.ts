import type { Fault, ProblemDocument } from './types';

/** An answer that was no success, or the lack of one. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The problem document; null when no answer came, or one that is none of this server's. */
  readonly document: ProblemDocument | null;
  /** The status of the answer; 0 when none came. */
  readonly status: number;

  constructor(status: number, document: ProblemDocument | null) {
    super(document?.title ?? (status === 0 ? 'no answer' : `status ${status}`));
    this.status = status;
    this.document = document;
  }

  get code(): string {
    return this.document?.code ?? (this.status === 0 ? 'unreachable' : 'unknown');
  }

  get requestId(): string | null {
    return this.document?.request_id ?? null;
  }

  get faults(): Fault[] {
    return this.document?.errors ?? [];
  }
}

/** The problem that an error is; for an error of our own, one without a document. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, null);
}

export function isProblemDocument(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'title' in value;
}

/** Whether a request that failed so may succeed when it is sent again: no answer, too busy, or a fault of the server. */
export function isPassing(error: unknown): boolean {
  const { status } = asProblem(error);
  return status === 0 || status === 429 || status >= 500;
}

/**
 * Whether a problem is to stand where the data would: there are none, or they are no longer so. A server that is away for a moment
 * takes nothing from the page.
 */
export function replaces(error: unknown, data: unknown): boolean {
  return Boolean(error) && (data === undefined || !isPassing(error));
}

/** The same call with the server's faults at the fields in which people filled in its members, named member by field. */
export async function atFields<T>(call: Promise<T>, fields: Record<string, string>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Problem) || !error.document) throw error;
    const errors = error.faults.map((fault) => {
      const field = fields[fault.pointer?.slice(1) ?? ''];
      return field ? { ...fault, pointer: `/${field}` } : fault;
    });
    throw new Problem(error.status, { ...error.document, errors });
  }
}
