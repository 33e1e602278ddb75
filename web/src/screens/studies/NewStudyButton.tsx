import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { useShortcut } from '../../shell/shortcuts';
import { ButtonLink } from '../../ui/ButtonLink';
import { IconPlus } from '../../ui/icons';

/** `n` enters a study, for those who may: of this patient, when there is one. */
export function useNewStudyShortcut(patient?: number): void {
  const navigate = useNavigate();
  const may = useMay('modification');
  useShortcut('n', 'new', () => void navigate({ to: '/studies/new', search: patient ? { patient } : {} }), may);
}

export function NewStudyButton({ patient, variant = 'filled' }: { patient?: number; variant?: 'filled' | 'default' }) {
  const { t } = useTranslation();
  if (!useMay('modification')) return null;
  return (
    <ButtonLink
      to="/studies/new"
      search={patient ? { patient } : {}}
      variant={variant}
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t('action.new_study')}
    </ButtonLink>
  );
}
