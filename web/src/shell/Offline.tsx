import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { asProblem } from '../api/problem';
import { IconOffline } from '../ui/icons';

/** How often it is looked whether the server is there again, in milliseconds. */
const interval = 5_000;

/** Says so while the browser has no network, or the server did not answer the last request. */
export function Offline() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
  const reached = useServerReached();
  const away = !online || !reached;
  return (
    <div role="status" className="no-print">
      {away && (
        <p className="offline">
          <IconOffline size={20} aria-hidden />
          {t('app.offline')}
        </p>
      )}
    </div>
  );
}

function useServerReached(): boolean {
  const client = useQueryClient();
  const [reached, setReached] = useState(true);
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated') return;
        if (event.action.type === 'success') setReached(true);
        if (event.action.type === 'error' || event.action.type === 'failed')
          setReached(asProblem(event.action.error).status !== 0);
      }),
    [client],
  );
  // A page that nobody touches asks for nothing, and would not notice.
  useEffect(() => {
    if (reached) return;
    const look = () =>
      api.GET('/health/live').then(
        () => {
          setReached(true);
          void client.refetchQueries({ type: 'active', stale: true });
        },
        () => null,
      );
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [client, reached]);
  return reached;
}
