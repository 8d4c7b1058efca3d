import { beforeEach, expect, it } from 'vitest';
import { Readable } from 'node:stream';
import { jsonLinesLog } from '../../../agent/log/agent-log.ts';
import { CloudWatchLogs } from '../../../agent/log/cloudwatch-logs.ts';
import { HookLogs } from '../../../agent/log/hook-logs.ts';
import { InstanceCredentials } from '../../../agent/metadata/instance-credentials.ts';
import { InstanceMetadata } from '../../../agent/metadata/instance-metadata.ts';
import type { HttpRequest, HttpResponse, Send } from '../../../agent/http/send.ts';

interface Put {
  readonly logStreamName: string;
  readonly logEvents: readonly { readonly message: string }[];
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

const REFUSED = (code: string): Reply => ({ status: 400, body: { __type: `com.amazonaws.logs#${code}`, message: '' } });

let calls: { readonly operation: string; readonly input: Put; readonly headers: HttpRequest['headers'] }[];
/** Answers instead of the service while it returns something. */
let interfere: (operation: string) => Reply | undefined | Promise<Reply>;
let told: string[];
let nowMs: number;

beforeEach(() => {
  [calls, interfere, told, nowMs] = [[], () => undefined, [], 0];
});

const send: Send = async ({ method, url, headers, body, signal }) => {
  if (url.pathname.startsWith('/latest/')) return metadata(method, url.pathname);
  const operation = String(headers?.['x-amz-target']).replace('Logs_20140328.', '');
  calls.push({ operation, input: JSON.parse(body ?? '') as Put, headers });
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new Error('aborted'));
    });
  });
  const reply = await Promise.race([interfere(operation), aborted]);
  return response(reply?.status ?? 200, JSON.stringify(reply?.body ?? {}));
};

function metadata(method: string, path: string): HttpResponse {
  if (method === 'PUT') return response(200, 'a-token');
  if (path.endsWith('/')) return response(200, 'web-role');
  const keys = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'a-secret', Token: 'a-session' };
  return response(200, JSON.stringify({ ...keys, Expiration: '2100-01-01T00:00:00Z' }));
}

function response(status: number, text: string): HttpResponse {
  return { status, headers: {}, body: Readable.from([Buffer.from(text)]) as unknown as HttpResponse['body'] };
}

/** Pauses pass as soon as they begin; a clock that nobody moves stands still. */
const timing = {
  now: () => nowMs,
  random: () => 0,
  pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

function hookLogs(group = '/slipway/web'): HookLogs {
  const credentials = new InstanceCredentials(new InstanceMetadata(send, 'http://metadata'), () => 0);
  const endpoint = new URL('https://logs.eu-west-1.amazonaws.com/');
  const logs = new CloudWatchLogs(send, { endpoint, region: 'eu-west-1', credentials });
  const log = jsonLinesLog((line) => told.push(line), { verbose: false });
  return new HookLogs(logs, { group, instanceId: 'i-0abc', timing, log });
}

const DEPLOYMENT = { deploymentId: 'd-TEST00001', applicationName: 'web', deploymentGroupName: 'web@fleet' };

/** Lets one event of a deployment print these lines and end. */
async function print(logs: HookLogs, ...lines: string[]): Promise<void> {
  const event = logs.open(DEPLOYMENT, 'ApplicationStart');
  for (const line of lines) event.add(line);
  event.close();
  await logs.drain();
}

it('writes one stream per event of a deployment on a host, signed for CloudWatch Logs', async () => {
  nowMs = 1_700_000_000_000;

  await print(hookLogs(), '[stdout]one', '[stderr]two');

  expect(calls).toMatchObject([
    {
      operation: 'CreateLogStream',
      input: { logGroupName: '/slipway/web', logStreamName: 'd-TEST00001/i-0abc/ApplicationStart' },
    },
    {
      operation: 'PutLogEvents',
      input: {
        logGroupName: '/slipway/web',
        logStreamName: 'd-TEST00001/i-0abc/ApplicationStart',
        logEvents: [
          { timestamp: nowMs, message: '[stdout]one' },
          { timestamp: nowMs, message: '[stderr]two' },
        ],
      },
      headers: { authorization: expect.stringMatching(/\/eu-west-1\/logs\/aws4_request/) as string },
    },
  ]);
  expect(told).toEqual([]);
});

it('writes to the log group of the deployment group, where several deploy to the host', async () => {
  await print(hookLogs('/slipway/hook-scripts/{application}/{deployment_group}'), '[stdout]one');

  expect(calls[0]).toMatchObject({ input: { logGroupName: '/slipway/hook-scripts/web/web#40fleet' } });
});

it('leaves no stream of an event that printed nothing', async () => {
  await print(hookLogs());

  expect(calls).toEqual([]);
});

it('writes on in a stream that is there already', async () => {
  interfere = (operation) => (operation === 'CreateLogStream' ? REFUSED('ResourceAlreadyExistsException') : undefined);

  await print(hookLogs(), 'again');

  expect(calls.map(({ operation }) => operation)).toEqual(['CreateLogStream', 'PutLogEvents']);
  expect(told).toEqual([]);
});

it('tries again after a failure that may pass, and keeps the order', async () => {
  let failures = 3;
  interfere = (operation) => (operation === 'PutLogEvents' && failures-- > 0 ? { status: 503, body: {} } : undefined);

  await print(hookLogs(), 'one', 'two');

  const puts = calls.filter(({ operation }) => operation === 'PutLogEvents');
  expect(puts).toHaveLength(4);
  expect(puts.at(-1)?.input.logEvents.map(({ message }) => message)).toEqual(['one', 'two']);
  expect(told).toEqual([]);
});

it.each([
  ['ResourceNotFoundException', 'There is no log group /slipway/web: make it, or remove hook_log_group from'],
  ['AccessDeniedException', 'role may not write to /slipway/web: allow it logs:CreateLogStream and logs:PutLogEvents'],
])('tells %s once, with the remedy, and does not insist', async (code, remedy) => {
  interfere = () => REFUSED(code);
  const logs = hookLogs();

  await print(logs, 'one', 'two');
  await print(logs, 'three');

  expect(calls).toHaveLength(2);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(remedy);
  expect(told[0]).toContain('"lost":2');
});

it.each([
  ['ahead', { tooNewLogEventStartIndex: 1 }, 1],
  ['behind', { tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 1 }, 2],
])('tells once that lines were refused because the clock is %s, with the remedy', async (_, info, lost) => {
  interfere = (operation) =>
    operation === 'PutLogEvents' ? { status: 200, body: { rejectedLogEventsInfo: info } } : undefined;
  const logs = hookLogs();

  await print(logs, 'one', 'two');
  await print(logs, 'three', 'four');

  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`"lost":${lost}`);
  expect(told[0]).toContain("This host's clock is wrong");
});

it('tells a reason again when there was none in between', async () => {
  const logs = hookLogs();
  interfere = () => REFUSED('AccessDeniedException');
  await print(logs, 'one');

  interfere = () => undefined;
  await print(logs, 'two');
  interfere = () => REFUSED('AccessDeniedException');
  await print(logs, 'three');

  expect(told).toHaveLength(2);
});

it('keeps nobody waiting for a service that does not answer, and then says what is missing', async () => {
  const answered = Promise.withResolvers<Reply>();
  interfere = () => answered.promise;
  const logs = hookLogs();
  const event = logs.open(DEPLOYMENT, 'ApplicationStart');

  for (let line = 0; line < 100_000; line += 1) event.add(`[stdout]line ${line} ${'x'.repeat(80)}`);
  event.close();
  answered.resolve({ status: 200, body: {} });
  await logs.drain();

  const lines = calls.slice(1).flatMap(({ input }) => input.logEvents);
  expect(lines.length).toBeLessThan(40_000);
  expect(lines.at(-1)?.message).toMatch(/^\[slipway\]\d+ lines are missing here/);
});

it('renews credentials that were refused', async () => {
  let refusals = 1;
  interfere = () => (refusals-- > 0 ? { status: 400, body: { __type: 'ExpiredTokenException' } } : undefined);

  await print(hookLogs(), 'one');

  expect(calls.map(({ operation }) => operation)).toEqual(['CreateLogStream', 'CreateLogStream', 'PutLogEvents']);
});
