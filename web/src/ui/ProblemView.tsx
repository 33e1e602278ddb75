import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { IconAlert } from './icons';
import { PageHeader } from './PageHeader';

interface Props {
  error: unknown;
  /** What to tell instead of the server's explanation. */
  detail?: string | undefined;
  onRetry?: (() => void) | undefined;
}

/** What went wrong, in the server's words, with the id under which its log knows the request. */
export function ProblemView({ error, detail, onRetry }: Props) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const title =
    problem.document?.title ?? t(problem.status === 0 ? 'problem.unreachable.title' : 'problem.unknown.title');
  const explanation =
    detail ??
    problem.document?.detail ??
    t(problem.status === 0 ? 'problem.unreachable.detail' : 'problem.unknown.detail');
  return (
    <Alert color="red" variant="light" icon={<IconAlert aria-hidden />} title={title} role="alert" className="problem">
      <p>{explanation}</p>
      {problem.faults.length > 0 && (
        <ul>
          {problem.faults.map((fault) => (
            <li key={`${fault.pointer ?? fault.parameter}${fault.code}`}>{fault.message}</li>
          ))}
        </ul>
      )}
      {problem.requestId && (
        <p className="request-id">
          {t('problem.request_id')} <code>{problem.requestId}</code>
        </p>
      )}
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}

/** A page whose one subject could not be read. */
export function ProblemPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const missing = problem.status === 404;
  const title = missing ? t('problem.not_there') : t('problem.unread');
  return (
    <>
      <PageHeader title={title}>{title}</PageHeader>
      {missing ? (
        <ProblemView error={error} detail={t('problem.not_there_detail')} />
      ) : (
        <ProblemView error={error} onRetry={onRetry} />
      )}
    </>
  );
}
