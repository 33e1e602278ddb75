import { Alert, Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRefused, ImportReport } from '../../api/types';
import { type Column, DataTable } from '../../ui/DataTable';
import { useFormats } from '../../ui/format';
import { IconAlert } from '../../ui/icons';
import { useFieldName } from '../records/useFieldName';

/** Refusals that are shown at a time. */
const step = 50;

/** What became of an import, or would become of it. `refused` is one of which nothing was entered. */
export function Report({ report, refused = false }: { report: ImportReport; refused?: boolean }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever waited for it is led to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each report
  useEffect(() => title.current?.focus(), [report]);
  const heading = refused ? 'import.report_refused' : report.dry_run ? 'import.report_tried' : 'import.report_done';
  return (
    <section className="card" aria-labelledby="import-report">
      <h2 id="import-report" ref={title} tabIndex={-1}>
        {t(heading)}
      </h2>
      {!report.complete && (
        <Alert color="red" variant="light" icon={<IconAlert aria-hidden />} className="spaced">
          {t('import.incomplete')}
        </Alert>
      )}
      <Counts report={report} />
      {report.refused.length > 0 && <Refusals report={report} />}
      {report.warnings.length > 0 && <Warnings report={report} />}
    </section>
  );
}

function Counts({ report: { files, lines, patients, studies } }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const rows = [
    { key: 'patients', label: t('nav.patients'), ...patients },
    { key: 'studies', label: t('nav.studies'), ...studies },
  ];
  const column = (key: 'created' | 'updated' | 'unchanged' | 'refused'): Column<(typeof rows)[number]> => ({
    key,
    header: t(`import.counts.${key}`),
    numeric: true,
    cell: (row) => number(row[key]),
  });
  return (
    <>
      <p className="spaced">
        {t('import.files_read', { count: files.read, formatted: number(files.read) })}
        {files.refused > 0 &&
          ` · ${t('import.files_refused', { count: files.refused, formatted: number(files.refused) })}`}
        {lines > 0 && ` · ${t('import.lines', { count: lines, formatted: number(lines) })}`}
      </p>
      <DataTable
        caption={t('import.counts.title')}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'what', header: t('import.counts.what'), cell: ({ label }) => label },
          column('created'),
          column('updated'),
          column('unchanged'),
          column('refused'),
        ]}
      />
    </>
  );
}

function Refusals({ report: { refused, reasons, truncated } }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const fieldName = useFieldName();
  const [shown, setShown] = useState(step);
  const all = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  const columns: Column<ImportRefused & { index: number }>[] = [
    { key: 'place', header: t('import.refusal.place'), cell: (row) => <Place row={row} /> },
    {
      key: 'field',
      header: t('import.refusal.field'),
      cell: ({ pointer }) => (pointer ? fieldName(pointer.split('/').at(-1) ?? pointer) : null),
    },
    { key: 'message', header: t('import.refusal.message'), wide: true, cell: ({ message }) => message },
    { key: 'code', header: t('import.refusal.code'), cell: ({ code }) => <code>{code}</code> },
  ];
  return (
    <>
      <h3>{t('import.refusal.title', { count: all, formatted: number(all) })}</h3>
      {truncated && <p className="spaced">{t('import.truncated', { count: refused.length })}</p>}
      <DataTable
        caption={t('import.refusal.title', { count: all, formatted: number(all) })}
        columns={columns}
        rows={refused.slice(0, shown).map((one, index) => ({ ...one, index }))}
        rowKey={({ index }) => index}
      />
      {refused.length > shown && (
        <Button mt="sm" variant="default" onClick={() => setShown(shown + step)}>
          {t('search.more')}
        </Button>
      )}
    </>
  );
}

/** Where something was refused: the file, and in it the line or the study. */
function Place({ row: { path, line, study_instance_uid } }: { row: ImportRefused }) {
  const { t } = useTranslation();
  return (
    <>
      {(line || !path) && <span>{line ? t('import.refusal.line', { line }) : t('import.refusal.whole')}</span>}
      {path && (
        <span className="import-path" translate="no">
          {path}
        </span>
      )}
      {study_instance_uid && <span className="number">{study_instance_uid}</span>}
    </>
  );
}

function Warnings({ report: { warnings } }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const fieldName = useFieldName();
  return (
    <>
      <h3>{t('import.warning.title')}</h3>
      <p className="spaced">{t('import.warning.text')}</p>
      <DataTable
        caption={t('import.warning.title')}
        rows={warnings}
        rowKey={({ field, code }) => `${field} ${code}`}
        columns={[
          { key: 'field', header: t('import.refusal.field'), cell: ({ field }) => fieldName(field) },
          { key: 'code', header: t('import.refusal.code'), cell: ({ code }) => <code>{code}</code> },
          { key: 'count', header: t('import.warning.count'), numeric: true, cell: ({ count }) => number(count) },
        ]}
      />
    </>
  );
}
