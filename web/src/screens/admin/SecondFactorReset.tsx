import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { useSession } from '../../api/session';
import type { Account } from '../../api/types';
import { confirm } from '../../ui/confirm';
import { IconPhone } from '../../ui/icons';
import { ReasonedButton } from '../../ui/ReasonedButton';
import { toast } from '../../ui/toasts';
import { attempted } from '../attempt';

/** Takes the second factor from an account whose holder has lost the application and the recovery codes. */
export function SecondFactorReset({ user }: { user: Account }) {
  const { t } = useTranslation();
  const own = useSession().user?.id === user.id;
  if (!user.second_factor) return null;
  const reset = async () => {
    const sure = await confirm({
      title: t('second_factor.reset_title', { name: user.username }),
      text: t('second_factor.reset_text'),
      action: t('second_factor.reset'),
      dangerous: true,
    });
    if (!sure) return;
    const params = { path: { id: user.id } };
    const done = await attempted(() => body(api.DELETE('/api/users/{id}/totp', { params })));
    if (done) toast(t('second_factor.reset_done', { name: user.username }));
  };
  return (
    <ReasonedButton
      variant="default"
      reason={own ? t('admin.users.own') : undefined}
      leftSection={<IconPhone size={18} aria-hidden />}
      onClick={() => void reset()}
    >
      {t('second_factor.reset')}
    </ReasonedButton>
  );
}
