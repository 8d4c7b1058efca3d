import { appendFileSync } from 'node:fs';
import type { Machine } from './machine.ts';

/** Takes a line that a program wrote. */
export type LineLog = (line: string) => void;

/** Keeps each line in a file of the disk and shows it on the machine's console; who sees it there finds it in the file. */
export function createLineLog({ disk, instanceId, journal }: Machine, path: string): LineLog {
  return (line) => {
    appendFileSync(disk.path(path), `${line}\n`);
    journal.record({ kind: 'console', instanceId, line });
  };
}
