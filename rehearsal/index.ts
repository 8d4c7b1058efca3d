export type { JournalEntry } from './journal.ts';
export { startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal.ts';
export type { StatementUse } from './permissions/usage.ts';
