import { Alert, Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../api/problem';
import { useShortcut } from '../shell/shortcuts';
import { BusyButton } from './BusyButton';
import { useFaultText } from './fields';
import { type Form, faultsOfProblem, focusField } from './form';
import { LeaveGuard } from './LeaveGuard';
import { ProblemView } from './ProblemView';

interface Props {
  form: Form;
  /** The labels of the fields, for the summary. */
  labels: Record<string, string>;
  submit: string;
  busy: boolean;
  /** What came of the last attempt to save; its faults that belong to fields are shown there. */
  error: unknown;
  /** What to tell when no answer came, if sending it once more could do it twice. */
  unanswered?: string;
  onSubmit: () => void;
  onCancel?: () => void;
  /** Whether leaving the page asks first when something was changed. */
  guarded?: boolean;
  children: ReactNode;
}

/** A form: a summary of its faults, its fields and its buttons. It saves on Ctrl+S and asks before changes are lost. */
export function FormShell(props: Props) {
  const { form, labels, submit, busy, error, unanswered, onSubmit, onCancel, guarded = true, children } = props;
  const { t } = useTranslation();
  const problem = error ? asProblem(error) : null;
  useServerFaults(form, problem);
  const send = () => {
    if (!busy && form.valid()) onSubmit();
  };
  useShortcut('Ctrl+s', 'save', send);
  useShortcut('Escape', 'close', () => onCancel?.(), onCancel !== undefined);
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submitted} noValidate className="form">
      {guarded && (
        <LeaveGuard
          when={form.dirty}
          title={t('form.unsaved')}
          text={t('form.unsaved_text')}
          leave={t('form.discard')}
        />
      )}
      <FaultSummary form={form} labels={labels} />
      {problem && problem.status !== 422 && (
        <ProblemView error={problem} detail={problem.status === 0 ? unanswered : undefined} />
      )}
      {problem?.status === 422 && !isPlaced(problem, labels) && <ProblemView error={problem} />}
      {children}
      <div className="actions">
        <BusyButton type="submit" busy={busy}>
          {submit}
        </BusyButton>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Whether every fault has a field of the form to stand at. */
function isPlaced(problem: Problem, labels: Record<string, string>): boolean {
  const { fields, others } = faultsOfProblem(problem);
  return others.length === 0 && Object.keys(fields).every((name) => name in labels);
}

/** Shows the faults that the server found, once for each answer. */
function useServerFaults(form: Form, problem: Problem | null): void {
  const shown = useRef<Problem | null>(null);
  useEffect(() => {
    if (!problem || shown.current === problem) return;
    shown.current = problem;
    const { fields } = faultsOfProblem(problem);
    if (Object.keys(fields).length > 0) form.show(fields);
  }, [form, problem]);
}

function FaultSummary({ form, labels }: { form: Form; labels: Record<string, string> }) {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const faults = Object.entries(form.faults);
  if (!form.refused || faults.length < 2) return null;
  return (
    <Alert color="red" variant="light" title={t('form.faults', { count: faults.length })} role="alert">
      <ul>
        {faults.map(([name, fault]) => (
          <li key={name}>
            <a
              href={`#${form.idOf(name)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(form.idOf(name));
              }}
            >
              {faultText(labels[name] ?? name, fault)}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
