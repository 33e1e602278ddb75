import { useTranslation } from 'react-i18next';
import type { Study } from '../../api/types';

/** The status in words; its colour only helps. The usual one, `available`, needs no attention and no badge where it is short. */
export function StatusBadge({ status, always = false }: { status: Study['status']; always?: boolean }) {
  const { t } = useTranslation();
  if (status === 'available' && !always) return null;
  return (
    <span className="status" data-status={status}>
      {t(`fields.status.${status}`)}
    </span>
  );
}
