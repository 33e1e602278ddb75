import i18next from 'i18next';
import { asProblem } from '../api/problem';
import { reread } from '../api/queries';
import { toast } from '../ui/toasts';

/** What a write answered, after which everything is read anew; null, and a message, when it failed. */
export async function attempted<T>(write: () => Promise<T>): Promise<{ answer: T } | null> {
  try {
    return { answer: await write() };
  } catch (error) {
    const { title, detail } = asProblem(error).document ?? {};
    toast([title, detail].filter(Boolean).join('. ') || i18next.t('problem.unreachable.title'), { kind: 'failed' });
    return null;
  } finally {
    await reread();
  }
}
