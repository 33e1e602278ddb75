import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import type { Values } from '../../ui/form';
import type { FieldDefinition } from './definition';
import { differences, merged } from './merge';
import { useShown } from './shown';

interface Props {
  fields: FieldDefinition[];
  base: Values;
  mine: Values;
  theirs: Values;
  /** Saves the values agreed upon. */
  onSave: (values: Values) => void;
  /** Gives up what was typed for what is there now. */
  onTakeTheirs: () => void;
  /** Back to the form, as it was. */
  onClose: () => void;
}

const sides = ['theirs', 'mine'] as const;

/**
 * Someone saved the record since it was opened here. Field by field: what was there, what they made of it, what was typed
 * here. Changes to different fields go together; where both changed a field, one is chosen. Nothing typed is lost.
 */
export function ConflictDialog({ fields, base, mine, theirs, onSave, onTakeTheirs, onClose }: Props) {
  const { t } = useTranslation();
  const shown = useShown();
  const [chosen, setChosen] = useState<Record<string, 'mine' | 'theirs'>>({});
  const found = differences(
    fields.map(({ name }) => name),
    base,
    mine,
    theirs,
  );
  const conflicts = found.filter(({ conflict }) => conflict).length;
  return (
    <Dialog title={t('conflict.title')} onClose={onClose} wide>
      <p>{conflicts > 0 ? t('conflict.choose', { count: conflicts }) : t('conflict.compatible')}</p>
      <div className="conflicts">
        {found.map(({ name, conflict, ...values }) => {
          const field = fields.find((one) => one.name === name);
          if (!field) return null;
          const show = (text: string) => shown(field, text) || t('fields.none');
          const changed = values.mine !== values.base ? 'mine' : 'theirs';
          return (
            <fieldset key={name} className="conflict">
              <legend>{field.label}</legend>
              <p className="dimmed">
                {t('conflict.base')} <span translate="no">{show(values.base)}</span>
              </p>
              {conflict ? (
                sides.map((side) => (
                  <Radio
                    key={side}
                    name={`conflict-${name}`}
                    label={`${t(`conflict.${side}`)} ${show(values[side])}`}
                    checked={(chosen[name] ?? 'mine') === side}
                    onChange={() => setChosen({ ...chosen, [name]: side })}
                  />
                ))
              ) : (
                <p>
                  {t(`conflict.${changed}`)} <span translate="no">{show(values[changed])}</span>
                </p>
              )}
            </fieldset>
          );
        })}
      </div>
      <div className="actions">
        <Button variant="default" onClick={onClose}>
          {t('conflict.back')}
        </Button>
        <Button variant="default" onClick={onTakeTheirs}>
          {t('conflict.take_theirs')}
        </Button>
        <Button onClick={() => onSave(merged(found, theirs, chosen))}>{t('conflict.save')}</Button>
      </div>
    </Dialog>
  );
}
