import type { components } from './schema';

type Schemas = components['schemas'];
export type Patient = Schemas['Patient'];
export type PatientCreate = Schemas['PatientCreate'];
export type PatientSummary = Schemas['PatientSummary'];
export type Study = Schemas['Study'];
export type StudyCreate = Schemas['StudyCreate'];
export type SearchHit = Schemas['SearchHit'];
export type Match = Schemas['Match'];
export type Account = Schemas['User'];
export type ApiKey = Schemas['ApiKey'];
export type AccountSession = Schemas['Session'];
export type Statistics = Schemas['Statistics'];
export type AuditEvent = Schemas['AuditEvent'];
export type AuditEventPage = Schemas['AuditEventPage'];
export type ImportReport = Schemas['ImportReport'];
export type ImportRefused = Schemas['ImportRefused'];
export type ProblemDocument = Schemas['Problem'];
export type Fault = Schemas['FaultDocument'];

/** The account that is signed in. */
export type User = Omit<Schemas['CurrentUser'], 'role'> & { role: Role };
export const roles = ['lecture', 'modification', 'admin'] as const;
/** What an account may do; each role may all that the ones before it may. */
export type Role = (typeof roles)[number];
