import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { IconAlert } from './icons';
import { PageHeader } from './PageHeader';
import { problemText } from './problem-text';

interface Props {
  error: unknown;
  /** What to tell instead of the usual explanation. */
  detail?: string | undefined;
  onRetry?: (() => void) | undefined;
}

/** What went wrong and what to do about it, with the id under which its log knows the request. */
export function ProblemView({ error, detail, onRetry }: Props) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const text = problemText(problem);
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlert aria-hidden />}
      title={text.title}
      role="alert"
      className="problem"
    >
      <p>{detail ?? text.detail}</p>
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
