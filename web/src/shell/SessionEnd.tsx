import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session, useSession } from '../api/session';

/** How long before the end of the session it is announced, in milliseconds. */
const notice = 120_000;

/** Says that the session is about to end, since nothing was asked of the server for long; and lets it go on. */
export function SessionEnd() {
  const { t } = useTranslation();
  const { status, ends } = useSession();
  const [near, setNear] = useState(false);
  useEffect(() => {
    setNear(false);
    if (ends === null) return;
    const timer = setTimeout(() => setNear(true), Math.max(0, ends - Date.now() - notice));
    return () => clearTimeout(timer);
  }, [ends]);
  return (
    <div role="alert" className="no-print">
      {near && status === 'signed-in' && (
        <p className="offline">
          {t('app.session_ends')}
          <Button size="xs" variant="default" onClick={() => void session.renewed().catch(() => null)}>
            {t('app.session_stay')}
          </Button>
        </p>
      )}
    </div>
  );
}
