import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { IconStudies } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/states';
import { ExportButton } from '../lists/ExportButton';
import { Filters, RangeFilter, SelectFilter } from '../lists/Filters';
import { ListView, useChange } from '../lists/ListView';
import { pageQuery } from '../lists/usePages';
import { useStudyColumns } from './columns';
import { statuses } from './fields';
import { NewStudyButton, useNewStudyShortcut } from './NewStudyButton';

const usual = ['patient', 'study_date', 'modalities_in_study', 'accession_number', 'status'];

/** The modalities that a filter offers: those of imaging departments (DICOM PS3.3 section C.7.3.1.1.1). */
const modalities = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'OT', 'PT', 'RF', 'US', 'XA'];

export function StudiesList() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/studies' });
  const change = useChange();
  const columns = useStudyColumns();
  const { sort = '-study_date', columns: chosen = '', modality, status, study_date } = search;
  const filters = {
    ...(modality ? { modality } : {}),
    ...(status ? { status } : {}),
    ...(study_date ? { study_date } : {}),
  };
  useNewStudyShortcut();
  return (
    <>
      <PageHeader title={t('nav.studies')} actions={<NewStudyButton />}>
        {t('nav.studies')}
      </PageHeader>
      <Filters active={Object.keys(filters).length > 0} onClear={() => change({ sort, columns: chosen })}>
        <SelectFilter
          label={t('fields.study.modalities_in_study')}
          value={modality}
          none={t('list.all_modalities')}
          options={modalities.map((value) => ({ value, label: value }))}
          onChange={(value) => change({ ...search, modality: value ?? '', page: 1 })}
        />
        <SelectFilter
          label={t('fields.study.status')}
          value={status}
          options={statuses.map((value) => ({ value, label: t(`fields.status.${value}`) }))}
          onChange={(value) => change({ ...search, status: value ?? '', page: 1 })}
        />
        <RangeFilter
          label={t('fields.study.study_date')}
          value={study_date}
          onChange={(value) => change({ ...search, study_date: value ?? '', page: 1 })}
        />
      </Filters>
      <ListView
        caption={t('nav.studies')}
        cacheKey={['studies', 'list', sort, filters]}
        columns={columns}
        usual={usual}
        search={search}
        order="-study_date"
        fetch={(cursor, signal) =>
          body(
            api.GET('/api/studies', {
              params: { query: pageQuery({ sort, ...filters }, cursor) },
              signal,
            }),
          )
        }
        tools={
          <ExportButton
            name={t('nav.studies').toLowerCase()}
            read={() =>
              body(
                api.GET('/api/export/studies', {
                  params: { query: { sort, ...filters } },
                  headers: { Accept: 'text/csv' },
                  parseAs: 'blob',
                }),
              )
            }
          />
        }
        empty={<EmptyState icon={<IconStudies size={36} aria-hidden />} title={t('list.no_studies')} />}
      />
    </>
  );
}
