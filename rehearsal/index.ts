export { startRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal.ts';
