import type { FunctionError } from './invocation.ts';

/** The run outlived the function's time limit. */
export const timeoutError = (requestId: string, timeoutSeconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
});

/** The process ended in the middle of a run: it crashed, was killed, or called `process.exit`. */
export function exitError(requestId: string, code: number | null, signal: string | null): FunctionError {
  const end = signal ? `signal: ${SIGNALS[signal] ?? signal}` : `exit status ${code}`;
  const message = code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${end}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${message}` };
}

/** As Lambda's supervisor words them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGTERM: 'terminated',
};
