import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session';
import { type FieldProps, PasswordField } from '../../ui/fields';

/** The password of one's own account, as the proof of who asks. */
export function OwnPassword(props: Omit<FieldProps, 'label' | 'autoComplete'>) {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      {/* Password managers tell by it whose password they fill in or keep. */}
      <input type="text" name="username" autoComplete="username" value={user?.username ?? ''} readOnly hidden />
      <PasswordField {...props} label={t('sign_in.current_password')} autoComplete="current-password" />
    </>
  );
}
