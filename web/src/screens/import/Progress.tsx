import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/format';

interface Props {
  dryRun: boolean;
  /** The share that was sent; null once all of it was, and the server works on the rest. */
  sent: number | null;
  onCancel: () => void;
}

/** How far an import is. */
export function Progress({ dryRun, sent, onCancel }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const label = t(dryRun ? 'import.trying' : 'import.running');
  return (
    <section className="card import-progress" aria-label={label}>
      <p role="status">
        <b>{label}</b> {sent === null && t('import.server_works')}
      </p>
      <div>
        <progress aria-label={label} {...(sent === null ? {} : { value: sent })} />
        {sent !== null && <span className="dimmed">{t('import.sent', { share: percent(sent) })}</span>}
      </div>
      <Button variant="default" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </section>
  );
}
