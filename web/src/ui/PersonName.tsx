import { Highlight } from './Highlight';
import { nameParts } from './names';

interface Props {
  /** The name as DICOM writes it. */
  name: string;
  /** Words to mark in it. */
  searched?: string[];
}

/** A person's name: the family name in capitals, stored and copied as it was typed. */
export function PersonName({ name, searched = [] }: Props) {
  const { family, given, middle, prefix, suffix } = nameParts(name);
  const rest = [given, middle].filter(Boolean).join(' ');
  return (
    <span className="person" translate="no">
      {prefix && `${prefix} `}
      {family && (
        <span className="family">
          <Highlight text={family} searched={searched} />
        </span>
      )}
      {family && rest && ' '}
      {rest && <Highlight text={rest} searched={searched} />}
      {suffix && `, ${suffix}`}
    </span>
  );
}
