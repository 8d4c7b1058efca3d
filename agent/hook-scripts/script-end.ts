import type { HookScript } from '../../core/app-spec/index.ts';
import { ERROR_CODES } from '../protocol/wire.ts';
import { ScriptError } from './script-error.ts';

/** How a script came to its end. */
export type ScriptEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timedOut' }
  /** The script ended, something that it started still holds its output. */
  | { readonly kind: 'outputLeftOpen'; readonly stream: 'STDOUT' | 'STDERR'; readonly holder: string }
  | { readonly kind: 'notStarted'; readonly errorName: string; readonly reason: string }
  /** The agent had to stop. */
  | { readonly kind: 'interrupted' }
  /** The command service no longer wants the work. */
  | { readonly kind: 'withdrawn' };

/** The failure that an end means; undefined for success. Messages are those of AWS's agent, remedies are ours. */
export function failureOf(end: ScriptEnd, { location, runas, timeoutSeconds }: HookScript): ScriptError | undefined {
  const script = `Script at specified location: ${location}`;
  const user = runas === undefined ? '' : ` run as user ${runas}`;
  switch (end.kind) {
    case 'exited':
      if (end.code === 0) return undefined;
      return new ScriptError(ERROR_CODES.SCRIPT_FAILED, location, `${script}${user} failed with exit code ${end.code}`);
    case 'killed':
      return new ScriptError(
        ERROR_CODES.SCRIPT_FAILED,
        location,
        `${script}${user} failed with exit code (killed by ${end.signal})`,
      );
    case 'timedOut':
      return new ScriptError(
        ERROR_CODES.SCRIPT_TIMED_OUT,
        location,
        `${script} failed to complete in ${timeoutSeconds} seconds`,
      );
    case 'outputLeftOpen':
      return new ScriptError(
        ERROR_CODES.OUTPUTS_LEFT_OPEN,
        location,
        `${script} failed to close ${end.stream}: ${end.holder} still holds it. Redirect all three streams of processes that stay: "command </dev/null >file 2>&1 &".`,
      );
    case 'notStarted':
      return new ScriptError(
        ERROR_CODES.SCRIPT_FAILED,
        location,
        `${script}${user} failed with error Errno::${end.errorName} with message ${end.reason}`,
      );
    case 'interrupted':
      return new ScriptError(
        ERROR_CODES.FAILED_AFTER_RESTART,
        location,
        `${script} was ended because the agent had to stop`,
      );
    case 'withdrawn':
      return new ScriptError(
        ERROR_CODES.UNKNOWN_ERROR,
        location,
        `${script} was ended because its deployment was stopped`,
      );
  }
}
