/** What stands in the addresses of lists and searches: nothing personal. */

export interface TypeSearch {
  type?: 'patient' | 'study';
}

export function typeSearch(given: Record<string, unknown>): TypeSearch {
  return given.type === 'patient' || given.type === 'study' ? { type: given.type } : {};
}

export interface ListSearch {
  sort?: string;
  page?: number;
  /** The columns shown, when they are not the usual ones. */
  columns?: string;
  sex?: string;
  modality?: string;
  status?: string;
  /** A day, month, year or range, as the contract writes them. */
  study_date?: string;
  updated_at?: string;
  role?: string;
  active?: string;
  revoked?: string;
  /** Days of events. */
  at?: string;
  actor_type?: string;
  actor_id?: number | undefined;
  action?: string;
  outcome?: string;
  resource_type?: string;
  patient_fk?: number | undefined;
  request_id?: string;
}

const listed = [
  'sort',
  'columns',
  'sex',
  'modality',
  'status',
  'study_date',
  'updated_at',
  'role',
  'active',
  'revoked',
  'at',
  'actor_type',
  'action',
  'outcome',
  'resource_type',
  'request_id',
] as const;

export function listSearch(given: Record<string, unknown>): ListSearch {
  const kept: ListSearch = {};
  for (const name of listed) {
    const value = given[name];
    if (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== ''))
      kept[name] = String(value);
  }
  for (const name of ['actor_id', 'patient_fk'] as const) {
    const id = Number(given[name]);
    if (Number.isInteger(id) && id > 0) kept[name] = id;
  }
  const page = Number(given.page);
  return Number.isInteger(page) && page > 1 ? { ...kept, page } : kept;
}

/** The patient that a new study is for. */
export function studyCreateSearch(given: Record<string, unknown>): { patient?: number } {
  const patient = Number(given.patient);
  return Number.isInteger(patient) && patient > 0 ? { patient } : {};
}

/** Whether the record is in the bin. */
export function recordSearch(given: Record<string, unknown>): { deleted?: true } {
  return given.deleted === true ? { deleted: true } : {};
}
