import { asProblem } from '../api/problem';
import { reread } from '../api/queries';
import { problemText } from '../ui/problem-text';
import { toast } from '../ui/toasts';

/** Leaves the page of a row that is no longer where the page looks for it, before anything is read anew. */
export type Leave = () => Promise<void>;

/** Says what went wrong where there is no form to say it in. */
export function tellFailure(error: unknown): void {
  const { title, detail } = problemText(asProblem(error));
  toast(`${title}. ${detail}`, { kind: 'failed' });
}

/** What a write answered, after which everything is read anew; null, and a message, when it failed. */
export async function attempted<T>(write: () => Promise<T>, leave?: Leave): Promise<{ answer: T } | null> {
  try {
    const answer = await write();
    await leave?.();
    return { answer };
  } catch (error) {
    tellFailure(error);
    return null;
  } finally {
    await reread();
  }
}
