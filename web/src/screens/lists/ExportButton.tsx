import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BusyButton } from '../../ui/BusyButton';
import { today } from '../../ui/dates';
import { download } from '../../ui/download';
import { IconExport } from '../../ui/icons';
import { tellFailure } from '../attempt';

interface Props {
  /** The name of the file, without its date. */
  name: string;
  /** What the list shows, all its pages, as CSV. */
  read: () => Promise<Blob>;
}

/** Saves the list that is shown, with its filters and in its order, as a file for a spreadsheet. */
export function ExportButton({ name, read }: Props) {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: read,
    onSuccess: (blob) => download(blob, `${name}-${today()}.csv`),
    onError: tellFailure,
  });
  return (
    <BusyButton
      variant="default"
      busy={save.isPending}
      leftSection={<IconExport size={18} aria-hidden />}
      onClick={() => save.mutate()}
    >
      {t('action.export_csv')}
    </BusyButton>
  );
}
