import { Kbd, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog';
import { preferences, usePreferences } from './preferences';
import { type Shortcut, useActiveShortcuts } from './shortcuts';

/** The keys that do something on this page. */
export default function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  const active = useActiveShortcuts();
  const own = [...new Map(active.map((shortcut) => [shortcut.key, shortcut])).values()];
  const rows = [
    { keys: ['j', 'k', '↓', '↑'], label: t('shortcut.rows') },
    { keys: [t('shortcut.key_enter')], label: t('shortcut.open') },
  ];
  const names: Record<string, string> = { Escape: t('shortcut.key_escape'), 'Ctrl+s': 'Ctrl + S' };
  const label = ({ label }: Shortcut) => t(`shortcut.${label}`);
  return (
    <Dialog title={t('shortcut.title')} onClose={onClose}>
      <dl className="keys">
        {[...own.map((one) => ({ keys: [names[one.key] ?? one.key], label: label(one) })), ...rows].map((row) => (
          <div key={row.label}>
            <dt>
              {row.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{row.label}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t('shortcut.enabled')}
        description={t('shortcut.enabled_hint')}
        checked={shortcuts}
        onChange={(event) => preferences.set({ shortcuts: event.currentTarget.checked })}
      />
    </Dialog>
  );
}
