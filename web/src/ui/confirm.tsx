import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session';
import { Dialog } from './Dialog';
import { store } from './store';

export interface Question {
  title: string;
  text: string;
  /** What the button that does it says. */
  action: string;
  dangerous?: boolean;
}

const asked = store<(Question & { answer: (yes: boolean) => void }) | null>(null);
session.onForget(() => {
  asked.get()?.answer(false);
  asked.set(null);
});

/** Asks before something that cannot be taken back. */
export function confirm(question: Question): Promise<boolean> {
  asked.get()?.answer(false);
  return new Promise((resolve) => asked.set({ ...question, answer: resolve }));
}

/** Where the question shows; once in a page. */
export function Confirmation() {
  const { t } = useTranslation();
  const question = asked.use();
  if (!question) return null;
  const answer = (yes: boolean) => {
    asked.set(null);
    question.answer(yes);
  };
  return (
    <Dialog title={question.title} onClose={() => answer(false)}>
      <p>{question.text}</p>
      <div className="actions">
        <Button variant="default" onClick={() => answer(false)}>
          {t('action.cancel')}
        </Button>
        <Button {...(question.dangerous ? { color: 'red' } : {})} onClick={() => answer(true)}>
          {question.action}
        </Button>
      </div>
    </Dialog>
  );
}
