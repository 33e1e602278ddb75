import { useTranslation } from 'react-i18next';

/** How an event ended; of a refusal, what the problem was. */
export function OutcomeBadge({ outcome }: { outcome: string }) {
  const { t, i18n } = useTranslation();
  const refusal = `audit.refusals.${outcome}`;
  const refused = i18n.exists(refusal) ? t(refusal as 'audit.refusals.forbidden') : outcome;
  const plain = outcome === 'success' || outcome === 'abandoned';
  const state = outcome === 'success' ? 'available' : outcome === 'abandoned' ? 'registered' : 'cancelled';
  return (
    <span className="status" data-status={state}>
      {plain ? t(`audit.outcomes.${outcome}`) : refused}
    </span>
  );
}
