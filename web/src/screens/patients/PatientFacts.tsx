import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';

/** What is known of a patient beside the heading. */
export function PatientFacts({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const { date, instant } = useFormats();
  return (
    <section className="card" aria-label={t('patient.title')}>
      <Facts
        facts={[
          { label: t('fields.patient.patient_id'), value: patient.patient_id },
          { label: t('fields.patient.issuer_of_patient_id'), value: patient.issuer_of_patient_id },
          { label: t('fields.patient.birth_date'), value: patient.birth_date && date(patient.birth_date) },
          { label: t('fields.patient.sex'), value: t(`fields.sex.${patient.sex ?? ''}`) },
          { label: t('fields.patient.birth_name'), value: patient.birth_name },
          { label: t('fields.patient.middle_name'), value: patient.middle_name },
          { label: t('fields.patient.ideographic_name'), value: patient.ideographic_name },
          { label: t('fields.patient.phonetic_name'), value: patient.phonetic_name },
          { label: t('fields.patient.telephone_number'), value: patient.telephone_number },
          { label: t('fields.patient.address'), value: patient.address },
          { label: t('fields.patient.comments'), value: patient.comments, wide: true },
          { label: t('fields.patient.created_at'), value: instant(patient.created_at) },
          { label: t('fields.patient.updated_at'), value: instant(patient.updated_at) },
        ]}
      />
    </section>
  );
}
