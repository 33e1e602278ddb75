import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Match, Patient, SearchHit, Study } from '../../api/types';
import { Highlight } from '../../ui/Highlight';
import { plainName } from '../../ui/names';
import { PersonName } from '../../ui/PersonName';
import { PatientLine } from '../patients/PatientLine';
import { StatusBadge } from '../studies/StatusBadge';
import { StudyLine } from '../studies/StudyLine';
import { reasons, searchedWords } from './reasons';

/** One result: what it is, who it is about, and why it was found. */
export function Hit({ hit, words }: { hit: SearchHit; words: string }) {
  const { patient, study } = hit;
  return (
    <li className="hit">
      {patient && <PatientHit patient={patient} matched={hit.matched} words={words} />}
      {study && <StudyHit study={study} matched={hit.matched} words={words} />}
    </li>
  );
}

const nameFields = ['family_name', 'given_name', 'middle_name', 'patient_name'];
/** What a hit shows of a patient. */
const patientFields = [...nameFields, 'birth_date'];

function PatientHit({ patient, matched, words }: { patient: Patient; matched: Match[]; words: string }) {
  const searched = searchedWords(words, matched, nameFields);
  return (
    <>
      <Link to="/patients/$id" params={{ id: patient.id }} className="row-link" data-row-link>
        <PersonName name={patient.patient_name} searched={searched} />
      </Link>{' '}
      <PatientLine patient={patient} studies={patient.number_of_studies} />
      <Reasons matched={matched} words={words} shown={patientFields} />
    </>
  );
}

function StudyHit({ study, matched, words }: { study: Study; matched: Match[]; words: string }) {
  const { t } = useTranslation();
  const description = study.study_description;
  return (
    <>
      <Link to="/studies/$id" params={{ id: study.id }} className="row-link" data-row-link>
        {description ? (
          <Highlight text={description} searched={searchedWords(words, matched, ['study_description'])} />
        ) : (
          t('study.untitled')
        )}
      </Link>{' '}
      <StatusBadge status={study.status} /> <StudyLine study={study} />
      <p className="line">
        {study.patient && (
          <>
            <PersonName name={study.patient.patient_name} searched={searchedWords(words, matched, nameFields)} />{' '}
            <PatientLine patient={study.patient} />
          </>
        )}
      </p>
      <Reasons matched={matched} words={words} shown={[...patientFields, 'study_description']} />
    </>
  );
}

/** The fields that matched and are not shown above. */
function Reasons({ matched, words, shown }: { matched: Match[]; words: string; shown: string[] }) {
  const { t, i18n } = useTranslation();
  const others = reasons(matched, shown);
  if (others.length === 0) return null;
  const label = (field: string) => {
    const key = [`fields.study.${field}`, `fields.patient.${field}`].find((one) => i18n.exists(one));
    return key ? i18n.t(key as 'fields.study.status') : field;
  };
  return (
    <p className="reasons">
      {t('search.by')}{' '}
      {others.map((match) => (
        <span key={`${match.field}${match.value}`} className="reason">
          {label(match.field)}{' '}
          <b translate="no">
            <Highlight
              text={match.value.includes('^') ? plainName(match.value) : match.value}
              searched={searchedWords(words, [match], [match.field])}
            />
          </b>
        </span>
      ))}
    </p>
  );
}
