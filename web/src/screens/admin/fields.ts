import { useTranslation } from 'react-i18next';
import { constraints } from '../../api/constraints';
import { roles } from '../../api/types';
import type { FieldDefinition } from '../records/definition';

/** What an administrator enters of an account. */
export function useAccountFields(): Record<'username' | 'display_name' | 'role' | 'active', FieldDefinition> {
  const { t } = useTranslation();
  const { username, display_name, role } = constraints.UserCreate;
  return {
    username: { name: 'username', kind: 'text', label: t('sign_in.username'), rule: username },
    display_name: { name: 'display_name', kind: 'text', label: t('account.display_name'), rule: display_name },
    role: {
      name: 'role',
      kind: 'select',
      label: t('account.role'),
      rule: role,
      options: roles.map((value) => ({ value, label: t(`role.${value}`) })),
    },
    active: {
      name: 'active',
      kind: 'select',
      label: t('admin.users.state'),
      rule: { required: true },
      options: [
        { value: 'true', label: t('admin.users.active') },
        { value: 'false', label: t('admin.users.inactive') },
      ],
    },
  };
}
