import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/Fold';
import { type FieldProps, TextField } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { DateField, NameField, NumberField, SelectField, TextareaField, TimeField } from '../../ui/record-fields';
import type { FieldDefinition } from './definition';

/** The fields of a record; those seldom needed are folded away until one of them holds something. */
export function RecordFields({
  form,
  fields,
  autoFocus = true,
}: {
  form: Form;
  fields: FieldDefinition[];
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const usual = fields.filter(({ rare }) => !rare);
  const rare = fields.filter((field) => field.rare);
  const needed = rare.some(({ name }) => Boolean(form.values[name] || form.faults[name]));
  return (
    <>
      <div className="card form-grid">
        {usual.map((field, index) => (
          <RecordField key={field.name} form={form} field={field} autoFocus={autoFocus && index === 0} />
        ))}
      </div>
      {rare.length > 0 && (
        <Fold className="card" needed={needed} summary={t('form.more')}>
          <div className="form-grid">
            {rare.map((field) => (
              <RecordField key={field.name} form={form} field={field} />
            ))}
          </div>
        </Fold>
      )}
    </>
  );
}

function RecordField({ form, field, autoFocus }: { form: Form; field: FieldDefinition; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const { name, label, rule, kind, options = [], wide, autoComplete } = field;
  const props: FieldProps = { form, name, label, rule, autoComplete, autoFocus };
  return <div className={wide ? 'wide' : undefined}>{input()}</div>;

  function input() {
    switch (kind) {
      case 'textarea':
        return <TextareaField {...props} />;
      case 'date':
        return <DateField {...props} />;
      case 'time':
        return <TimeField {...props} />;
      case 'number':
        return <NumberField {...props} />;
      case 'person':
        return <NameField {...props} />;
      case 'select':
        return <SelectField {...props} options={options} />;
      case 'codes':
        return <TextField {...props} description={t('field.codes_hint')} />;
      default:
        return <TextField {...props} />;
    }
  }
}
