import type { ProgramEnd } from '../machine/program.ts';
import type { RestartPolicy } from './service-unit.ts';

const CLEAN_SIGNALS = new Set(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE']);

/** Whether systemd calls this a success: exit code 0, or a signal that asks a daemon to end. */
export function endedCleanly({ exitCode, signal }: ProgramEnd): boolean {
  return signal === null ? exitCode === 0 : CLEAN_SIGNALS.has(signal);
}

/**
 * Whether a service that ended by itself is started again.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart= (its table)
 */
export function isRestarted(policy: RestartPolicy, end: ProgramEnd): boolean {
  switch (policy) {
    case 'always':
      return true;
    case 'on-success':
      return endedCleanly(end);
    case 'on-failure':
      return !endedCleanly(end);
    case 'on-abnormal':
    case 'on-abort':
      return end.signal !== null && !endedCleanly(end);
    default:
      return false;
  }
}
