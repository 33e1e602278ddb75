import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
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

/** Asks before something is lost: when another page is opened, and when the tab is closed. */
export function LeaveGuard({ when, title, text, leave }: Props) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
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
