import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Study } from '../../api/types';
import type { Column } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { PersonName } from '../../ui/PersonName';
import { Modalities } from './Modalities';
import { StatusBadge } from './StatusBadge';

/** The columns of a list of studies. */
export function useStudyColumns(): Column<Study>[] {
  const { t } = useTranslation();
  const { date, time, number, instant } = useFormats();
  return [
    {
      key: 'study_description',
      header: t('fields.study.study_description'),
      cell: ({ id, study_description }) => (
        <Link to="/studies/$id" params={{ id }} className="row-link" data-row-link>
          {study_description || t('study.untitled')}
        </Link>
      ),
    },
    {
      key: 'patient',
      header: t('fields.study.patient_fk'),
      cell: ({ patient, patient_fk }) =>
        patient && (
          <Link to="/patients/$id" params={{ id: patient_fk }}>
            <PersonName name={patient.patient_name} />
          </Link>
        ),
    },
    {
      key: 'study_date',
      sort: 'study_date',
      header: t('fields.study.study_date'),
      cell: ({ study_date, study_time }) =>
        [study_date && date(study_date), study_time && time(study_time)].filter(Boolean).join('\u00a0'),
    },
    {
      key: 'modalities_in_study',
      header: t('fields.study.modalities_in_study'),
      cell: ({ modalities_in_study }) => modalities_in_study.length > 0 && <Modalities codes={modalities_in_study} />,
    },
    {
      key: 'accession_number',
      header: t('fields.study.accession_number'),
      cell: ({ accession_number }) =>
        accession_number && (
          <span className="number" translate="no">
            {accession_number}
          </span>
        ),
    },
    { key: 'status', header: t('fields.study.status'), cell: ({ status }) => <StatusBadge status={status} always /> },
    {
      key: 'institution_name',
      header: t('fields.study.institution_name'),
      cell: ({ institution_name }) => institution_name,
    },
    {
      key: 'referring_physician_name',
      header: t('fields.study.referring_physician_name'),
      cell: ({ referring_physician_name: name }) => name && <PersonName name={name} />,
    },
    {
      key: 'number_of_study_related_instances',
      header: t('fields.study.number_of_study_related_instances'),
      numeric: true,
      cell: (study) => number(study.number_of_study_related_instances),
    },
    {
      key: 'updated_at',
      sort: 'updated_at',
      header: t('fields.study.updated_at'),
      cell: ({ updated_at }) => instant(updated_at),
    },
  ];
}
