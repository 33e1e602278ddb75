import { useTranslation } from 'react-i18next';
import { constraints } from '../../api/constraints';
import type { FieldDefinition, Kind } from '../records/definition';

type Name = keyof typeof constraints.PatientCreate;

const layout: { name: Name; kind?: Kind; rare?: boolean; wide?: boolean }[] = [
  { name: 'family_name' },
  { name: 'given_name' },
  { name: 'birth_date', kind: 'date' },
  { name: 'sex', kind: 'select' },
  { name: 'birth_name' },
  { name: 'telephone_number' },
  { name: 'address', wide: true },
  { name: 'patient_id' },
  { name: 'issuer_of_patient_id' },
  { name: 'comments', kind: 'textarea', wide: true },
  { name: 'middle_name', rare: true },
  { name: 'name_prefix', rare: true },
  { name: 'name_suffix', rare: true },
  { name: 'ideographic_name', rare: true },
  { name: 'phonetic_name', rare: true },
];

/** The fields of a patient, in the order in which people ask for them. */
export function usePatientFields(): FieldDefinition[] {
  const { t } = useTranslation();
  return layout.map(({ name, kind = 'text', ...rest }) => {
    const label = t(`fields.patient.${name}`);
    const options =
      name === 'sex'
        ? (['', 'F', 'M', 'O'] as const).map((value) => ({ value, label: t(`fields.sex.${value}`) }))
        : undefined;
    return { name, kind, label, rule: constraints.PatientCreate[name], ...(options ? { options } : {}), ...rest };
  });
}
