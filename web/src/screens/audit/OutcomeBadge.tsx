import { useTranslation } from 'react-i18next';

/** How an event ended; of a refusal the code of its problem. */
export function OutcomeBadge({ outcome }: { outcome: string }) {
  const { t } = useTranslation();
  const plain = outcome === 'success' || outcome === 'abandoned';
  const state = outcome === 'success' ? 'available' : outcome === 'abandoned' ? 'registered' : 'cancelled';
  return (
    <span className="status" data-status={state}>
      {plain ? t(`audit.outcomes.${outcome}`) : outcome}
    </span>
  );
}
