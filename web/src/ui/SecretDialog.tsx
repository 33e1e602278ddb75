import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';
import { IconCopy } from './icons';

interface Props {
  title: string;
  /** What the secret is for, and what becomes of whoever loses it. */
  text: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** Shows a secret that is shown this once; only a button puts it away, so that no key does by mistake. */
export function SecretDialog({ title, text, label, secret, onClose }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const field = useId();
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={title}>
      <p>{text}</p>
      <div className="secret">
        <TextInput
          id={field}
          label={label}
          value={secret}
          readOnly
          translate="no"
          classNames={{ input: 'number' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        {/* Browsers give the clipboard to safe connections alone; the field can be selected in any. */}
        {navigator.clipboard && (
          <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
            {t(copied ? 'admin.secret.copied' : 'admin.secret.copy')}
          </Button>
        )}
      </div>
      <div className="actions">
        <Button onClick={onClose}>{t('admin.secret.kept')}</Button>
      </div>
    </Dialog>
  );
}
