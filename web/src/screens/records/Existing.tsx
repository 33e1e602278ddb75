import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';

/** The record that is in the way of a new one (409): it may be the one that was meant. */
export function Existing({ error, kind }: { error: unknown; kind: 'patients' | 'studies' }) {
  const { t } = useTranslation();
  const existing = error ? asProblem(error).document?.existing_id : undefined;
  if (existing === undefined) return null;
  const deleted = asProblem(error).document?.deleted === true;
  const search = deleted ? ({ deleted } as const) : {};
  const text = t(deleted ? 'record.existing_in_bin' : 'record.existing');
  return kind === 'patients' ? (
    <Link to="/patients/$id" params={{ id: existing }} search={search}>
      {text}
    </Link>
  ) : (
    <Link to="/studies/$id" params={{ id: existing }} search={search}>
      {text}
    </Link>
  );
}
