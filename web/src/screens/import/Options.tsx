import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Charset, type Chosen, charsets, isTable, mostAtOnce, sizeOf } from './files';

/** What is asked of an import, in the words of the contract. */
export interface Wishes {
  mode: 'upsert' | 'create';
  atomic: boolean;
  type: '' | 'patient' | 'study';
  charset: Charset;
}

export const usual: Wishes = { mode: 'upsert', atomic: false, type: '', charset: 'utf-8' };

/** Whether lines can be tried out before they are entered: beyond a size the server enters them while they come. */
export const canBeTried = (files: Chosen[]) => sizeOf(files.filter(isTable)) <= mostAtOnce;

/** Whether all or nothing can be entered: lines alone can, up to a size. */
export const canBeAtomic = (files: Chosen[]) => files.every(isTable) && canBeTried(files);

/** The parameters of the request; those about lines only where there are lines. */
export function parametersOf(wishes: Wishes, files: Chosen[], dryRun: boolean) {
  const { mode, atomic, type } = wishes;
  return {
    ...(files.some(isTable) ? { mode, ...(type ? { type } : {}) } : {}),
    ...(atomic && canBeAtomic(files) ? { atomic: true } : {}),
    ...(dryRun ? { dry_run: true } : {}),
  };
}

interface Props {
  files: Chosen[];
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
  disabled: boolean;
}

export function Options({ files, wishes, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const lines = files.some(isTable);
  const atomic = canBeAtomic(files);
  return (
    <section className="card" aria-labelledby="import-options">
      <h2 id="import-options">{t('import.options')}</h2>
      {files.some((one) => !isTable(one)) && <p className="spaced">{t('import.dicom_text')}</p>}
      {lines && (
        <fieldset className="form-grid plain-set" disabled={disabled}>
          <legend className="visually-hidden">{t('import.options')}</legend>
          <NativeSelect
            label={t('import.mode')}
            description={t('import.mode_hint')}
            value={wishes.mode}
            data={[
              { value: 'upsert', label: t('import.upsert') },
              { value: 'create', label: t('import.create') },
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...wishes, mode: value === 'create' ? 'create' : 'upsert' })
            }
          />
          <NativeSelect
            label={t('import.type')}
            description={t('import.type_hint')}
            value={wishes.type}
            data={[
              { value: '', label: t('import.type_told') },
              { value: 'patient', label: t('nav.patients') },
              { value: 'study', label: t('nav.studies') },
            ]}
            onChange={({ currentTarget: { value } }) => onChange({ ...wishes, type: value as Wishes['type'] })}
          />
          {files.some(({ kind }) => kind === 'csv') && (
            <NativeSelect
              label={t('import.charset')}
              description={t('import.charset_hint')}
              value={wishes.charset}
              data={charsets.map((value) => ({ value, label: t(`import.charsets.${value}`) }))}
              onChange={({ currentTarget: { value } }) => onChange({ ...wishes, charset: value as Charset })}
            />
          )}
          <Checkbox
            className="wide"
            label={t('import.atomic')}
            description={t(atomic ? 'import.atomic_hint' : 'import.atomic_not')}
            disabled={!atomic}
            checked={wishes.atomic && atomic}
            onChange={({ currentTarget: { checked } }) => onChange({ ...wishes, atomic: checked })}
          />
        </fieldset>
      )}
    </section>
  );
}
