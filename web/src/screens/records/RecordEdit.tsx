import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { reread } from '../../api/queries';
import { FormShell } from '../../ui/FormShell';
import { useForm, type Values } from '../../ui/form';
import { toast } from '../../ui/toasts';
import { useMounted } from '../../ui/useMounted';
import { tellFailure } from '../attempt';
import { ConflictDialog } from './ConflictDialog';
import { changes, type FieldDefinition, labelsOf, type Row, rulesOf, valuesOf } from './definition';
import { RecordFields } from './RecordFields';

type Versioned = Row & { version: number };

interface Props<T> {
  fields: FieldDefinition[];
  /** The record as it was when its form was opened. */
  record: T;
  /** Reads the record anew. */
  read: () => Promise<T>;
  /** Writes the changed members, unless someone wrote since that version. */
  write: (changed: Row, version: number) => Promise<T>;
  /** Called when it is saved, or left. */
  onDone: () => void;
}

/** Changes a record: only what was changed here is written, and never over what someone else wrote meanwhile. */
export function RecordEdit<T extends object>({ fields, record, read, write, onDone }: Props<T & { version: number }>) {
  const { t } = useTranslation();
  const [base, setBase] = useState<Versioned>({ ...record });
  const [theirs, setTheirs] = useState<Versioned | null>(null);
  const start = valuesOf(fields, base);
  const form = useForm(rulesOf(fields), start);
  const mounted = useMounted();
  const comparison = useMutation({ mutationFn: read, onSuccess: (row) => setTheirs({ ...row }) });
  const save = useMutation({
    mutationFn: ({ from, values }: { from: Versioned; values: Values }) =>
      write(changes(fields, valuesOf(fields, from), values), from.version),
    onSuccess: async (_, { values }) => {
      form.reset(values);
      await reread();
      toast(t('form.saved'));
      if (mounted.current) onDone();
    },
    onError: (error) => {
      if (!mounted.current) tellFailure(error);
      else if (asProblem(error).status === 412) comparison.mutate();
    },
  });
  const stale = asProblem(save.error).status === 412;
  const takeOver = (row: Versioned, values: Values) => {
    setTheirs(null);
    setBase(row);
    form.reset(valuesOf(fields, row));
    for (const [name, value] of Object.entries(values)) form.set(name, value);
  };
  return (
    <>
      <FormShell
        form={form}
        labels={labelsOf(fields)}
        submit={t('action.save')}
        busy={save.isPending || save.isSuccess || comparison.isPending}
        error={stale ? comparison.error : save.error}
        onSubmit={() => (form.dirty ? save.mutate({ from: base, values: form.values }) : onDone())}
        onCancel={onDone}
      >
        <RecordFields form={form} fields={fields} />
      </FormShell>
      {theirs && (
        <ConflictDialog
          fields={fields}
          base={start}
          mine={form.values}
          theirs={valuesOf(fields, theirs)}
          onSave={(values) => {
            takeOver(theirs, values);
            save.mutate({ from: theirs, values });
          }}
          onTakeTheirs={() => takeOver(theirs, {})}
          onClose={() => setTheirs(null)}
        />
      )}
    </>
  );
}
