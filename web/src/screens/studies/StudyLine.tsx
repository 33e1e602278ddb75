import type { Study } from '../../api/types';
import { useFormats } from '../../ui/format';
import { Modalities } from './Modalities';

/** When and with what, in a line. */
export function StudyLine({ study }: { study: Study }) {
  const { date, time } = useFormats();
  const when = [study.study_date && date(study.study_date), study.study_time && time(study.study_time)].filter(Boolean);
  const where = [study.institution_name, study.accession_number].filter(Boolean);
  return (
    <span className="line">
      <Modalities codes={study.modalities_in_study} />{' '}
      {[when.join('\u00a0'), ...where].filter(Boolean).join('\u00a0· ')}
    </span>
  );
}
