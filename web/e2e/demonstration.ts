import { done } from './server';
import type { Setting } from './setting';

type Person = [family: string, given: string, birth: string, sex: 'M' | 'F' | 'O', birthName?: string];

/** People who do not exist. */
const people: Person[] = [
  ['Lefèvre', 'Zoé', '1980-01-31', 'F', 'Martin'],
  ['Lefebvre', 'Étienne', '1956-07-14', 'M'],
  ['Martin-Dupont', 'Jean-Pierre', '1948-11-02', 'M'],
  ["d'Artagnan", 'Charles', '1992-03-09', 'M'],
  ['Nguyễn', 'Thị Mai', '2001-12-25', 'F'],
  ['Benali', 'Yasmine', '1975-05-05', 'F', 'Haddad'],
  ['Durand', 'Paul', '1934-02-17', 'M'],
  ['Durand', 'Paule', '1934-02-18', 'F'],
  ['de La Tour', 'Hélène', '1969-09-30', 'F'],
  ['Œuvrard', 'Noël', '2019-12-24', 'M'],
  ['Müller', 'Jürgen', '1961-08-08', 'M'],
  ['Kowalski', 'Łucja', '1988-04-12', 'F'],
];

const kinds = [
  ['IRM cérébrale', 'MR'],
  ['Scanner thoraco-abdomino-pelvien', 'CT'],
  ['Radiographie du thorax de face', 'DX'],
  ['Échographie abdominale', 'US'],
  ['Mammographie bilatérale de dépistage', 'MG'],
  ['TEP-TDM au 18F-FDG', 'PT CT'],
] as const;

/** Fills a server with patients and studies as a practice has them; the first patient is the most complete one. */
export async function demonstration({ api }: Setting): Promise<void> {
  for (const [index, [family_name, given_name, birth_date, sex, birth_name]] of people.entries()) {
    const complete = index === 0;
    const patient = await done(
      api.POST('/api/patients', {
        body: {
          family_name,
          given_name,
          birth_date,
          sex,
          birth_name: birth_name ?? null,
          patient_id: `DEMO-${String(index + 1).padStart(4, '0')}`,
          ...(complete ? { address: '12 rue des Lilas, 69003 Lyon', telephone_number: '06 12 34 56 78' } : {}),
          comments: complete ? 'Allergie aux produits de contraste iodés.\nÀ rappeler le matin.' : null,
        },
      }),
    );
    for (let turn = 0; turn < (complete ? 4 : index % 4); turn += 1) {
      const [study_description, modalities] = kinds[(index + turn) % kinds.length] ?? kinds[0];
      await done(
        api.POST('/api/studies', {
          body: {
            patient_fk: patient.id,
            study_description,
            modalities_in_study: modalities.split(' '),
            study_date: `2026-0${1 + ((index + turn) % 9)}-1${turn}`,
            study_time: `${String(8 + turn).padStart(2, '0')}:30`,
            accession_number: `ACC-2026-${1000 + index * 10 + turn}`,
            status: turn === 0 ? 'registered' : 'available',
            referring_physician_name: 'Moreau^Anne',
            institution_name: 'Hôpital Nord',
            number_of_study_related_series: 4,
            number_of_study_related_instances: 320,
          },
        }),
      );
    }
  }
  await done(
    api.POST('/api/users', { body: { username: 'claire', display_name: 'Claire Moreau', role: 'modification' } }),
  );
  await done(
    api.POST('/api/api-keys', { body: { name: 'Agenda du service', role: 'lecture', networks: ['192.0.2.0/24'] } }),
  );
  const { id, version } = await done(
    api.POST('/api/patients', { body: { family_name: 'Doublon', given_name: 'Jean' } }),
  );
  await done(api.DELETE('/api/patients/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } }));
}
