import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { asProblem } from '../../api/problem';
import { reread } from '../../api/queries';
import type { ImportReport } from '../../api/types';
import { uploaded } from '../../api/upload';
import { ForRole } from '../../shell/pages';
import { LeaveGuard } from '../../ui/LeaveGuard';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemView } from '../../ui/ProblemView';
import { FileChoice } from './FileChoice';
import { type Chosen, formOf, reportOf } from './files';
import { canBeTried, Options, parametersOf, usual, type Wishes } from './Options';
import { Progress } from './Progress';
import { Report } from './Report';

/** Takes over patients and studies from files: tried out first, then for good. */
export function ImportPage() {
  const { t } = useTranslation();
  return (
    <ForRole least="modification">
      <PageHeader title={t('import.title')} detail={t('import.text')}>
        {t('import.title')}
      </PageHeader>
      <Import />
    </ForRole>
  );
}

interface Order {
  files: Chosen[];
  wishes: Wishes;
  dryRun: boolean;
}

function Import() {
  const { t } = useTranslation();
  const [files, setFiles] = useState<Chosen[]>([]);
  const [wishes, setWishes] = useState(usual);
  const { run, sent, cancelled, cancel } = useImport();
  const { data: report, error, isPending: busy, variables } = run;
  const tried = report?.dry_run === true;
  const over = report !== undefined && !report.dry_run;
  const start = (dryRun: boolean) => run.mutate({ files, wishes, dryRun });
  const change = (files: Chosen[], wishes: Wishes) => {
    setFiles(files);
    setWishes(wishes);
    run.reset();
  };
  return (
    <>
      <LeaveGuard
        when={busy}
        title={t('import.leave')}
        text={t('import.leave_text')}
        leave={t('import.leave_anyway')}
      />
      <FileChoice files={files} onChange={(files) => change(files, wishes)} disabled={busy} />
      {files.length > 0 && (
        <Options files={files} wishes={wishes} onChange={(wishes) => change(files, wishes)} disabled={busy} />
      )}
      {files.length > 0 && !busy && !over && <Start files={files} report={tried ? report : null} onStart={start} />}
      {busy && <Progress dryRun={variables.dryRun} sent={sent} onCancel={cancel} />}
      {cancelled && (
        <Alert color="yellow" variant="light" role="status" title={t('import.cancelled')}>
          {t(variables?.dryRun ? 'import.cancelled_try' : 'import.cancelled_text')}
        </Alert>
      )}
      {error && !cancelled && <Failure error={error} wasDryRun={variables?.dryRun === true} />}
      {report && <Report report={report} />}
      {over && (
        <Button mt="md" onClick={() => change([], usual)}>
          {t('import.another')}
        </Button>
      )}
    </>
  );
}

/** An import as it goes: how far it is, and the way to break it off. */
function useImport() {
  const [sent, setSent] = useState<number | null>(0);
  const breaker = useRef<AbortController>(null);
  const run = useMutation({
    mutationFn: ({ files, wishes, dryRun }: Order): Promise<ImportReport> => {
      const controller = new AbortController();
      breaker.current = controller;
      setSent(0);
      const form = formOf(files, wishes.charset);
      const onSent = (sent: number, all: number) => setSent(sent < all ? sent / all : null);
      return body(
        api.POST('/api/import', {
          params: { query: parametersOf(wishes, files, dryRun) },
          body: { file: [] },
          bodySerializer: () => undefined,
          fetch: uploaded(form, onSent),
          signal: controller.signal,
        }),
      );
    },
    // Of an import that failed or was broken off a part may have been entered.
    onSettled: async (_report, _error, { dryRun }) => {
      if (!dryRun) await reread();
    },
  });
  const cancelled = run.isError && breaker.current?.signal.aborted === true;
  return { run, sent, cancelled, cancel: () => breaker.current?.abort() };
}

/** The buttons that start an import: a try first, unless the files are too large for one. */
function Start({
  files,
  report,
  onStart,
}: {
  files: Chosen[];
  report: ImportReport | null;
  onStart: (dry: boolean) => void;
}) {
  const { t } = useTranslation();
  const triable = canBeTried(files);
  return (
    <div className="import-start">
      {!triable && <p>{t('import.too_large_to_try')}</p>}
      <div className="actions">
        {triable && (
          <Button variant={report ? 'default' : 'filled'} onClick={() => onStart(true)}>
            {t(report ? 'import.try_again' : 'import.try')}
          </Button>
        )}
        {(report || !triable) && <Button onClick={() => onStart(false)}>{t('import.run')}</Button>}
      </div>
    </div>
  );
}

/** What went wrong with an import as a whole, and what it tells of its parts. */
function Failure({ error, wasDryRun }: { error: unknown; wasDryRun: boolean }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const report = reportOf(problem.document);
  return (
    <>
      <ProblemView error={error} />
      {!wasDryRun && problem.code !== 'import_refused' && <p className="spaced">{t('import.cancelled_text')}</p>}
      {report && <Report report={report} refused />}
    </>
  );
}
