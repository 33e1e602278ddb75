import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm, type Question } from './confirm';
import { Dialog } from './Dialog';

interface Props {
  when: boolean;
  /** What is asked. */
  title: string;
  /** What would be lost. */
  text: string;
  /** What the button says that leaves all the same. */
  leave: string;
}

/** What is asked before something is lost, by those who guard it. */
const guards = new Set<Question>();

/** Whether nothing would be lost, or the person agrees to lose it. */
export async function mayLeave(): Promise<boolean> {
  const [guard] = guards;
  return guard === undefined || (await confirm(guard));
}

/** Asks before something is lost: when another page is opened, when the tab is closed, and by [`mayLeave`]. */
export function LeaveGuard({ when, title, text, leave }: Props) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  useEffect(() => {
    if (!when) return;
    const guard = { title, text, action: leave, dangerous: true };
    guards.add(guard);
    return () => void guards.delete(guard);
  }, [when, title, text, leave]);
  if (status !== 'blocked') return null;
  return (
    <Dialog title={title} onClose={reset}>
      <p>{text}</p>
      <div className="actions">
        <Button variant="default" onClick={reset}>
          {t('action.cancel')}
        </Button>
        <Button color="red" onClick={proceed}>
          {leave}
        </Button>
      </div>
    </Dialog>
  );
}
