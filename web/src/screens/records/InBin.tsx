import { Alert, Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { useFormats } from '../../ui/format';
import { restore, type Table } from './remove';

/** Says that a record is in the bin, and takes it out. */
export function InBin({ table, row }: { table: Table; row: { id: number; deleted_at?: string | null } }) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const may = useMay('modification');
  const navigate = useNavigate();
  const takeOut = () => restore(table, row.id, () => navigate({ to: '.', search: {}, replace: true }));
  if (!row.deleted_at) return null;
  return (
    <Alert color="yellow" variant="light" title={t('bin.is_in', { date: instant(row.deleted_at) })} className="problem">
      {may && (
        <Button size="xs" variant="default" onClick={() => void takeOut()}>
          {t('action.restore')}
        </Button>
      )}
    </Alert>
  );
}
