import { useTranslation } from 'react-i18next';
import type { PatientSummary } from '../../api/types';
import { age, today } from '../../ui/dates';
import { useFormats } from '../../ui/format';

type Shown = Pick<PatientSummary, 'patient_id' | 'birth_date' | 'sex' | 'issuer_of_patient_id'> & {
  birth_name?: string | null;
};

/** What tells people of one name apart, in a line. */
export function PatientLine({ patient, studies }: { patient: Shown; studies?: number }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { birth_date, sex, birth_name } = patient;
  const native = t(`fields.native.${sex ?? 'O'}`);
  const parts = [
    birth_name && t('fields.birth_name', { native, name: birth_name }),
    birth_date && t('fields.born', { native, date: date(birth_date), count: age(birth_date, today()) }),
    sex && t(`fields.sex.${sex}`),
    studies !== undefined && t('fields.studies', { count: studies }),
  ].filter(Boolean);
  return (
    <span className="line">
      {parts.join('\u00a0· ')}
      {parts.length > 0 && '\u00a0· '}
      <span className="number" translate="no">
        {patient.patient_id}
      </span>
    </span>
  );
}
