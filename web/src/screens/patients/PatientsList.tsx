import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import type { Patient } from '../../api/types';
import type { Column } from '../../ui/DataTable';
import { age, today } from '../../ui/dates';
import { useFormats } from '../../ui/format';
import { IconPatients } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { PersonName } from '../../ui/PersonName';
import { EmptyState } from '../../ui/states';
import { ExportButton } from '../lists/ExportButton';
import { Filters, SelectFilter } from '../lists/Filters';
import { ListView, useChange } from '../lists/ListView';
import { pageQuery } from '../lists/usePages';
import { NewPatientButton, useNewPatientShortcut } from './NewPatientButton';

const usual = ['birth_date', 'age', 'sex', 'patient_id', 'number_of_studies', 'updated_at'];

export function PatientsList() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/patients' });
  const change = useChange();
  const columns = usePatientColumns();
  const { sort = 'name', columns: chosen = '', sex } = search;
  const filters = { sort, ...(sex ? { sex } : {}) };
  useNewPatientShortcut();
  return (
    <>
      <PageHeader title={t('nav.patients')} actions={<NewPatientButton />}>
        {t('nav.patients')}
      </PageHeader>
      <Filters active={sex !== undefined} onClear={() => change({ sort, columns: chosen })}>
        <SelectFilter
          label={t('fields.patient.sex')}
          value={sex}
          options={(['F', 'M', 'O'] as const).map((value) => ({ value, label: t(`fields.sex.${value}`) }))}
          onChange={(value) => change({ ...search, sex: value ?? '', page: 1 })}
        />
      </Filters>
      <ListView
        caption={t('nav.patients')}
        cacheKey={['patients', 'list', sort, sex]}
        columns={columns}
        usual={usual}
        search={search}
        order="name"
        fetch={(cursor, signal) =>
          body(
            api.GET('/api/patients', {
              params: { query: pageQuery(filters, cursor) },
              signal,
            }),
          )
        }
        tools={
          <ExportButton
            name="patients"
            read={() =>
              body(
                api.GET('/api/export/patients', {
                  params: { query: filters },
                  headers: { Accept: 'text/csv' },
                  parseAs: 'blob',
                }),
              )
            }
          />
        }
        empty={<EmptyState icon={<IconPatients size={36} aria-hidden />} title={t('list.no_patients')} />}
      />
    </>
  );
}

export function usePatientColumns(): Column<Patient>[] {
  const { t } = useTranslation();
  const { date, instant, number } = useFormats();
  const now = today();
  return [
    {
      key: 'name',
      sort: 'name',
      header: t('fields.patient.patient_name'),
      cell: (patient) => (
        <Link to="/patients/$id" params={{ id: patient.id }} className="row-link" data-row-link>
          <PersonName name={patient.patient_name} />
        </Link>
      ),
    },
    { key: 'birth_name', header: t('fields.patient.birth_name'), cell: ({ birth_name }) => birth_name },
    {
      key: 'birth_date',
      sort: 'birth_date',
      header: t('fields.patient.birth_date'),
      cell: ({ birth_date }) => birth_date && date(birth_date),
    },
    {
      key: 'age',
      header: t('fields.age'),
      cell: ({ birth_date }) => birth_date && t('fields.years', { count: age(birth_date, now) }),
    },
    { key: 'sex', header: t('fields.patient.sex'), cell: ({ sex }) => sex && t(`fields.sex.${sex}`) },
    {
      key: 'patient_id',
      header: t('fields.patient.patient_id'),
      cell: ({ patient_id }) => (
        <span className="number" translate="no">
          {patient_id}
        </span>
      ),
    },
    {
      key: 'telephone_number',
      header: t('fields.patient.telephone_number'),
      cell: ({ telephone_number }) => telephone_number,
    },
    {
      key: 'number_of_studies',
      header: t('fields.patient.number_of_studies'),
      numeric: true,
      cell: ({ number_of_studies }) => number(number_of_studies),
    },
    {
      key: 'created_at',
      sort: 'created_at',
      header: t('fields.patient.created_at'),
      cell: ({ created_at }) => instant(created_at),
    },
    {
      key: 'updated_at',
      sort: 'updated_at',
      header: t('fields.patient.updated_at'),
      cell: ({ updated_at }) => instant(updated_at),
    },
  ];
}
