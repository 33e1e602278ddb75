import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { IconPlus } from '../../ui/icons';

/** `n` enters a patient, for those who may. */
export function useNewPatientShortcut(): void {
  const navigate = useNavigate();
  const may = useMay('modification');
  useShortcut('n', 'new', () => void navigate({ to: '/patients/new' }), may);
}

export function NewPatientButton() {
  const { t } = useTranslation();
  if (!useMay('modification')) return null;
  return (
    <ButtonLink to="/patients/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('action.new_patient')}
    </ButtonLink>
  );
}
