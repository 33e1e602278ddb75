import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session, useSession } from '../api/session';

/** How long before the end of the session it is announced, in milliseconds. */
const notice = 120_000;

/** The longest that browsers wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Calls back at an instant, in milliseconds since 1970; the answer calls it off. */
function at(instant: number, act: () => void): () => void {
  const left = Math.max(0, instant - Date.now());
  const timer = setTimeout(() => (left > longest ? undefined : act()), Math.min(left, longest));
  return () => clearTimeout(timer);
}

/** Says that the session is about to end, since nothing was asked of the server for long, and lets it go on; and ends it then. */
export function SessionEnd() {
  const { t } = useTranslation();
  const { status, ends } = useSession();
  const [near, setNear] = useState(false);
  useEffect(() => {
    setNear(false);
    if (ends === null) return;
    const calledOff = [at(ends - notice, () => setNear(true)), at(ends, () => session.expire())];
    return () => {
      for (const callOff of calledOff) callOff();
    };
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
