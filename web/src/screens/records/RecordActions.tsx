import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPrint, IconTrash } from '../../ui/icons';
import { ReasonedButton } from '../../ui/ReasonedButton';

interface Props {
  /** Whether it may be changed. */
  may: boolean;
  /** The way to its form. */
  edit: ReactNode;
  onDelete: () => void;
  /** Why it cannot be deleted. */
  kept?: string | undefined;
}

/** What can be done with a record. */
export function RecordActions({ may, edit, onDelete, kept }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {may && (
        <>
          {edit}
          <ReasonedButton
            variant="default"
            reason={kept}
            leftSection={<IconTrash size={18} aria-hidden />}
            onClick={onDelete}
          >
            {t('action.delete')}
          </ReasonedButton>
        </>
      )}
      <Button variant="default" leftSection={<IconPrint size={18} aria-hidden />} onClick={() => print()}>
        {t('action.print')}
      </Button>
    </>
  );
}
