import { Button, CloseButton } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/format';
import { IconImport } from '../../ui/icons';
import { type Chosen, chosen, dropped, kinds, sizeOf, together } from './files';

/** How many files are listed; a disc has thousands. */
const listed = 12;
/** Lets an input choose a folder; the types of React do not know it. */
const wholeFolder = { webkitdirectory: '' };

interface Props {
  files: Chosen[];
  onChange: (files: Chosen[]) => void;
  disabled: boolean;
}

/** Which files are imported: chosen, a folder of them, or dropped. */
export function FileChoice({ files, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const single = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const add = (more: Chosen[]) => onChange(together(files, more));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) void dropped(event.dataTransfer).then(add);
  };
  const input = {
    type: 'file',
    multiple: true,
    hidden: true,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      add(Array.from(currentTarget.files ?? [], (file) => chosen(file)));
      // The same file can be chosen again once it was mended.
      currentTarget.value = '';
    },
  } as const;
  return (
    <section className="card" aria-labelledby="import-files">
      <h2 id="import-files">{t('import.files')}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same */}
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!disabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconImport size={32} aria-hidden />
        <p>{t('import.drop')}</p>
        <div className="actions">
          <Button variant="default" disabled={disabled} onClick={() => single.current?.click()}>
            {t('import.choose')}
          </Button>
          <Button variant="default" disabled={disabled} onClick={() => folder.current?.click()}>
            {t('import.choose_folder')}
          </Button>
        </div>
        <input {...input} ref={single} data-choice="files" />
        <input {...input} {...wholeFolder} ref={folder} data-choice="folder" />
        <p className="dimmed">{t('import.kinds')}</p>
      </div>
      {files.length > 0 && <Files files={files} onChange={onChange} disabled={disabled} />}
    </section>
  );
}

function Files({ files, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const { size, number, list } = useFormats();
  const counts = kinds.flatMap((kind) => {
    const count = files.filter((one) => one.kind === kind).length;
    return count > 0 ? t('import.of_kind', { kind: t(`import.kind.${kind}`), count, formatted: number(count) }) : [];
  });
  return (
    <>
      <div className="card-header">
        <p role="status">
          {t('import.chosen', {
            count: files.length,
            formatted: number(files.length),
            size: size(sizeOf(files)),
            kinds: list(counts),
          })}
        </p>
        <Button size="xs" variant="default" disabled={disabled} onClick={() => onChange([])}>
          {t('import.remove_all')}
        </Button>
      </div>
      <ul className="files">
        {files.slice(0, listed).map((one) => (
          <li key={one.path}>
            <span translate="no">{one.path}</span>
            <span className="dimmed">
              {t(`import.kind.${one.kind}`)} · {size(one.file.size)}
            </span>
            <CloseButton
              size="sm"
              disabled={disabled}
              aria-label={t('import.remove', { name: one.path })}
              onClick={() => onChange(files.filter(({ path }) => path !== one.path))}
            />
          </li>
        ))}
      </ul>
      {files.length > listed && (
        <p className="dimmed">
          {t('import.more_files', { count: files.length - listed, formatted: number(files.length - listed) })}
        </p>
      )}
    </>
  );
}
