import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, body, ifMatch, mergePatch } from '../../api/client';
import type { components } from '../../api/schema';
import { confirm } from '../../ui/confirm';
import { toast } from '../../ui/toasts';
import { attempted } from '../attempt';

/** Whether the accounts of a role need a second factor. */
export function SecondFactorRequirement({ role }: { role: components['schemas']['RoleDescription'] }) {
  const { t } = useTranslation();
  const name = t(`role.${role.name}`);
  const require = async (second_factor_required: boolean) => {
    const sure = await confirm({
      title: t(second_factor_required ? 'second_factor.require_title' : 'second_factor.release_title', { role: name }),
      text: t(second_factor_required ? 'second_factor.require_text' : 'second_factor.release_text'),
      action: t(second_factor_required ? 'second_factor.require' : 'second_factor.release'),
      dangerous: !second_factor_required,
    });
    if (!sure) return;
    const header = ifMatch(role.version);
    const params = { path: { id: role.id }, header };
    const done = await attempted(() =>
      body(api.PATCH('/api/roles/{id}', { params, headers: mergePatch, body: { second_factor_required } })),
    );
    if (done) toast(t('form.saved'));
  };
  return (
    <Switch
      aria-label={t('second_factor.required_of', { role: name })}
      checked={role.second_factor_required}
      onChange={(event) => void require(event.currentTarget.checked)}
    />
  );
}
