import type { Diagnostics, LifecycleErrorCode } from './lifecycle-event.ts';

/*
 * What an agent sends as `Diagnostics.Payload` of a completion:
 *
 *   {"error_code":4,"script_name":"scripts/start.sh","message":"Script at … failed with exit code 1","log":"[stderr] no such port\n"}
 *
 * `error_code` is the text "Unknown" when the agent could not encode its own report.
 */

const LONGEST_LOG_TAIL_BYTES = 4096;
const LONGEST_TEXT_BYTES = 1024;

const ERROR_CODES: readonly LifecycleErrorCode[] = [
  'Success',
  'ScriptMissing',
  'ScriptNotExecutable',
  'ScriptTimedOut',
  'ScriptFailed',
];

/** Reads an agent's report. What cannot be read is kept as the message: a failure's only clue must not be lost. */
export function readDiagnostics(payload: string | undefined): Diagnostics {
  const report = parseReport(payload ?? '');
  return {
    errorCode: (typeof report.error_code === 'number' ? ERROR_CODES[report.error_code] : undefined) ?? 'UnknownError',
    scriptName: head(text(report.script_name)),
    message: head(text(report.message)),
    logTail: tail(text(report.log)),
  };
}

/** What to show for a lifecycle event that the revision gives no script. */
export const NO_SCRIPT: Diagnostics = { errorCode: 'Success', scriptName: '', message: 'no script', logTail: '' };

type Report = Partial<Record<'error_code' | 'script_name' | 'message' | 'log', unknown>>;

function parseReport(payload: string): Report {
  try {
    const parsed: unknown = JSON.parse(payload);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // falls through: the text itself is the report
  }
  return { error_code: 'Unknown', message: payload };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function head(value: string): string {
  return cut(Buffer.from(value).subarray(0, LONGEST_TEXT_BYTES));
}

function tail(value: string): string {
  return cut(Buffer.from(value).subarray(-LONGEST_LOG_TAIL_BYTES));
}

/** A cut may go through a character: drops what is left of it. */
function cut(bytes: Buffer): string {
  return bytes.toString().replace(/^\uFFFD+|\uFFFD+$/g, '');
}
