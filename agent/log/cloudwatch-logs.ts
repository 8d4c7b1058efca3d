import { readText } from '../http/send.ts';
import type { Send } from '../http/send.ts';
import { sign } from '../http/sign.ts';
import type { InstanceCredentials } from '../metadata/instance-credentials.ts';
import type { LogLine } from './log-queue.ts';

const TIMEOUT_MS = 10_000;
const REFUSED_CREDENTIALS = /^(ExpiredToken|UnrecognizedClient|InvalidSignature|InvalidClientTokenId)/;

export interface CloudWatchLogsSettings {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: InstanceCredentials;
  readonly proxy?: URL;
}

/** CloudWatch Logs refused a call. */
export class CloudWatchLogsError extends Error {
  override readonly name = 'CloudWatchLogsError';
  readonly status: number;
  /** Name of the error, from `__type`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`${code} - ${message}`);
    this.status = status;
    this.code = code;
  }

  /** Whether the same call may succeed in a moment. */
  get mayPass(): boolean {
    return (
      this.status >= 500 ||
      this.status === 429 ||
      /throttl|TooMany|LimitExceeded/i.test(this.code) ||
      REFUSED_CREDENTIALS.test(this.code)
    );
  }
}

/** CloudWatch Logs took the call, but not all lines: their times, hence the host's clock, are too far from its own. */
export class LinesOutOfTimeError extends Error {
  override readonly name = 'LinesOutOfTimeError';
}

/** The two calls that write a log stream. Each may fail with a CloudWatchLogsError or an error of the network. */
export class CloudWatchLogs {
  readonly #send: Send;
  readonly #settings: CloudWatchLogsSettings;

  constructor(send: Send, settings: CloudWatchLogsSettings) {
    this.#send = send;
    this.#settings = settings;
  }

  /** Makes a stream, unless it is there already. */
  async createStream(logGroupName: string, logStreamName: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#call('CreateLogStream', { logGroupName, logStreamName }, signal);
    } catch (error) {
      if (error instanceof CloudWatchLogsError && error.code === 'ResourceAlreadyExistsException') return;
      throw error;
    }
  }

  /**
   * @param logEvents one batch, in the order of their times
   * @returns how many of them were refused because of their times
   */
  async putEvents(
    logGroupName: string,
    logStreamName: string,
    logEvents: readonly LogLine[],
    signal: AbortSignal,
  ): Promise<number> {
    const answer = await this.#call('PutLogEvents', { logGroupName, logStreamName, logEvents }, signal);
    return refusedEvents(answer, logEvents.length);
  }

  async #call(operation: string, input: object, signal: AbortSignal): Promise<string> {
    const { endpoint, region, credentials, proxy } = this.#settings;
    const request = {
      method: 'POST',
      url: endpoint,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` },
      body: JSON.stringify(input),
      timeoutMs: TIMEOUT_MS,
      signal,
      ...(proxy ? { proxy } : {}),
    } as const;
    const signed = await sign(request, { service: 'logs', region, credentials: await credentials.current() });
    const response = await this.#send(signed);
    const text = await readText(response);
    if (response.status === 200) return text;
    const error = toError(response.status, text);
    if (REFUSED_CREDENTIALS.test(error.code)) credentials.expire();
    throw error;
  }
}

/**
 * Events whose times are too far from the service's own; the call succeeds all the same. They stand at either end:
 *
 *     {"rejectedLogEventsInfo": {"tooNewLogEventStartIndex": 7, "tooOldLogEventEndIndex": 2, "expiredLogEventEndIndex": 1}}
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_RejectedLogEventsInfo.html
 */
function refusedEvents(answer: string, sent: number): number {
  const index = (name: string): number | undefined => {
    const digits = new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(answer)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const tooOld = Math.max(index('tooOldLogEventEndIndex') ?? 0, index('expiredLogEventEndIndex') ?? 0);
  return Math.min(sent, tooOld + sent - (index('tooNewLogEventStartIndex') ?? sent));
}

/** `{"__type":"com.amazonaws.logs#ResourceNotFoundException","message":"The specified log group does not exist."}` */
function toError(status: number, text: string): CloudWatchLogsError {
  const read = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
  const code = read(/"__type"\s*:\s*"(?:[^"]*#)?([^"]+)"/) ?? `HTTP ${status}`;
  return new CloudWatchLogsError(status, code, read(/"[mM]essage"\s*:\s*"([^"]*)"/) ?? text.slice(0, 200));
}
