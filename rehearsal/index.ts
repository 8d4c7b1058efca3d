export { describeDisks } from './hosts/machine/disk.ts';
export type { JournalEntry } from './journal.ts';
export { startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal.ts';
