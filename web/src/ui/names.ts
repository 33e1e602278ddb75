/** Names as DICOM writes them (PS3.5 section 6.2.1.1): `Family^Given^Middle^Prefix^Suffix`, in up to three groups joined by `=`. */
export interface NameParts {
  family: string;
  given: string;
  middle: string;
  prefix: string;
  suffix: string;
}

/** The parts of the first group that is not empty. */
export function nameParts(name: string): NameParts {
  const group = name.split('=').find((part) => part.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  return { family, given, middle, prefix, suffix };
}

/** A name with another family and given name, its other parts and groups kept. */
export function withName(name: string, family: string, given: string): string {
  const [alphabetic = '', ...others] = name.split('=');
  const rest = alphabetic.split('^').slice(2);
  const group = [family.trim(), given.trim(), ...rest].join('^').replace(/\^+$/, '');
  return [group, ...others].join('=').replace(/=+$/, '');
}

/** A name as one reads it aloud, for titles and labels: `DURAND Zoé`. */
export function plainName(name: string): string {
  const { family, given } = nameParts(name);
  return [family.toLocaleUpperCase('fr'), given].filter(Boolean).join(' ');
}
