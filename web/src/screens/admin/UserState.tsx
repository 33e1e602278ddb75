import { useTranslation } from 'react-i18next';
import type { Account } from '../../api/types';

/** Whether an account may sign in, and whether it has ever got past its first password. */
export function UserState({ user }: { user: Account }) {
  const { t } = useTranslation();
  if (!user.active)
    return (
      <span className="status" data-status="cancelled">
        {t('admin.users.inactive')}
      </span>
    );
  if (user.must_change_password)
    return (
      <span className="status" data-status="registered">
        {t('admin.users.pending')}
      </span>
    );
  return (
    <span className="status" data-status="available">
      {t('admin.users.active')}
    </span>
  );
}
