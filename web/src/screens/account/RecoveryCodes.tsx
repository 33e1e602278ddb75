import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session';
import { announce } from '../../ui/announce';
import { Dialog } from '../../ui/Dialog';
import { today } from '../../ui/dates';
import { download } from '../../ui/download';
import { useFormats } from '../../ui/format';
import { IconCopy, IconExport, IconPrint } from '../../ui/icons';

/** The codes for who has lost the application, shown this once: only a button puts them away, so that no key does by mistake. */
export default function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { date } = useFormats();
  const whose = t('second_factor.codes_of', { name: user?.username ?? '', date: date(today()) });
  const text = `${[t('app.name'), whose, '', ...codes].join('\r\n')}\r\n`;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    announce(t('second_factor.copied'));
  };
  const save = () => download(new Blob([text], { type: 'text/plain' }), t('second_factor.file_name'));
  return (
    <Dialog title={t('second_factor.codes')} printed>
      <p className="no-print">{t('second_factor.codes_text')}</p>
      <p className="printed-only">{whose}</p>
      <ol className="recovery-codes" translate="no">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions no-print">
        {/* Browsers give the clipboard to safe connections alone; the codes can be selected in any. */}
        {navigator.clipboard && (
          <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
            {t('second_factor.copy')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconExport size={18} aria-hidden />} onClick={save}>
          {t('second_factor.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrint size={18} aria-hidden />} onClick={() => print()}>
          {t('action.print')}
        </Button>
      </div>
      <div className="actions no-print">
        <Button onClick={onClose}>{t('second_factor.kept')}</Button>
      </div>
    </Dialog>
  );
}
