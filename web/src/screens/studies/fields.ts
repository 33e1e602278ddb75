import { useTranslation } from 'react-i18next';
import { constraints } from '../../api/constraints';
import type { Rule } from '../../ui/form';
import type { FieldDefinition, Kind } from '../records/definition';

type Name = Exclude<keyof typeof constraints.StudyCreate, 'patient_fk'>;

const layout: { name: Name; kind?: Kind; rare?: boolean; wide?: boolean }[] = [
  { name: 'study_description', wide: true },
  { name: 'modalities_in_study', kind: 'codes' },
  { name: 'status', kind: 'select' },
  { name: 'study_date', kind: 'date' },
  { name: 'study_time', kind: 'time' },
  { name: 'accession_number' },
  { name: 'institution_name' },
  { name: 'referring_physician_name', kind: 'person' },
  { name: 'name_of_physicians_reading_study', kind: 'person' },
  { name: 'comments', kind: 'textarea', wide: true },
  { name: 'study_id', rare: true },
  { name: 'number_of_study_related_series', kind: 'number', rare: true },
  { name: 'number_of_study_related_instances', kind: 'number', rare: true },
  { name: 'study_instance_uid', rare: true, wide: true },
];

export const statuses = ['registered', 'available', 'cancelled', 'entered-in-error', 'unknown'] as const;

/** The fields of a study, in the order in which people ask for them. */
export function useStudyFields(): FieldDefinition[] {
  const { t } = useTranslation();
  return layout.map(({ name, kind = 'text', ...rest }) => {
    const label = t(`fields.study.${name}`);
    const options =
      name === 'status' ? statuses.map((value) => ({ value, label: t(`fields.status.${value}`) })) : undefined;
    return { name, kind, label, rule: ruleOf(name), ...(options ? { options } : {}), ...rest };
  });
}

/** The contract's rule, and what kind of text it describes; of several codes in one field, each is checked by the server. */
function ruleOf(name: Name): Rule {
  if (name === 'modalities_in_study')
    return { format: 'codes', pattern: '^[A-Za-z0-9_]{1,16}([\\s,;]+[A-Za-z0-9_]{1,16})*[\\s,;]*$' };
  const rule = constraints.StudyCreate[name];
  if (name === 'study_time') return { ...rule, format: 'time' };
  return name === 'study_instance_uid' ? { ...rule, format: 'uid' } : rule;
}
