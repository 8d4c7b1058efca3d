export type { JournalEntry } from './journal.ts';
export type { Fidelity } from './fidelity/fidelity.ts';
export { openRehearsal, startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal.ts';
export type { StatementUse } from './permissions/usage.ts';
export { awsQuotas } from './throttles/quotas.ts';
export type { ThrottlesOption } from './throttles/throttles.ts';
