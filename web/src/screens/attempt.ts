import i18next from 'i18next';
import { asProblem } from '../api/problem';
import { reread } from '../api/queries';
import { toast } from '../ui/toasts';

/** Leaves the page of a row that is no longer where the page looks for it, before anything is read anew. */
export type Leave = () => Promise<void>;

/** What a write answered, after which everything is read anew; null, and a message, when it failed. */
export async function attempted<T>(write: () => Promise<T>, leave?: Leave): Promise<{ answer: T } | null> {
  try {
    const answer = await write();
    await leave?.();
    return { answer };
  } catch (error) {
    const { title, detail } = asProblem(error).document ?? {};
    toast([title, detail].filter(Boolean).join('. ') || i18next.t('problem.unreachable.title'), { kind: 'failed' });
    return null;
  } finally {
    await reread();
  }
}
