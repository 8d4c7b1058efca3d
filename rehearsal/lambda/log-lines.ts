import type { FunctionConfiguration } from './function-configuration.ts';
import type { PooledOutcome } from './environment-pool.ts';

/** What Lambda itself writes to a function's log around each run, in the log format that the function asks for. */
interface LogLines {
  start(requestId: string): string[];
  end(requestId: string, outcome: PooledOutcome, at: Date): string[];
}

export function logLines({ logFormat, memoryMb }: FunctionConfiguration): LogLines {
  return logFormat === 'JSON' ? jsonLines(memoryMb) : textLines(memoryMb);
}

const textLines = (memoryMb: number): LogLines => ({
  start: (requestId) => [`START RequestId: ${requestId} Version: $LATEST`],
  end(requestId, outcome, at) {
    const { durationMs, initMs, timedOut, error } = outcome;
    const status = statusOf(outcome);
    const report = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${durationMs.toFixed(2)} ms`,
      `Billed Duration: ${billedMs(outcome)} ms`,
      `Memory Size: ${memoryMb} MB`,
      `Max Memory Used: ${megabytes(outcome.memoryBytes)} MB`,
      ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
      ...(status === 'success' || error?.trace ? [] : [`Status: ${status}`]),
      ...(error && !error.trace && !timedOut ? [`Error Type: ${error.errorType}`] : []),
    ].join('\t');
    const complaint =
      error && !error.trace ? [`${at.toISOString()} ${requestId} ${withoutPrefix(error.errorMessage)}`] : [];
    return [...complaint, `END RequestId: ${requestId}`, report];
  },
});

const jsonLines = (memoryMb: number): LogLines => {
  const line = (type: string, record: object): string =>
    JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record });
  return {
    start: (requestId) => [line('start', { requestId, version: '$LATEST' })],
    end(requestId, outcome) {
      const metrics = {
        durationMs: round(outcome.durationMs),
        billedDurationMs: billedMs(outcome),
        memorySizeMB: memoryMb,
        maxMemoryUsedMB: megabytes(outcome.memoryBytes),
        ...(outcome.initMs !== undefined && { initDurationMs: round(outcome.initMs) }),
      };
      const errorType = outcome.error && { errorType: outcome.error.errorType };
      return [line('report', { requestId, metrics, status: statusOf(outcome), ...errorType })];
    },
  };
};

const statusOf = ({ error, timedOut }: PooledOutcome): string => {
  if (timedOut) return 'timeout';
  return error ? 'error' : 'success';
};

/** Lambda bills the initialization too, for every kind of function, since August 2025. */
const billedMs = ({ durationMs, initMs = 0 }: PooledOutcome): number => Math.max(1, Math.ceil(durationMs + initMs));
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
const withoutPrefix = (message: string): string => message.replace(/^RequestId: \S+ Error: /, '');
