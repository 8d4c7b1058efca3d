import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bodyOf } from '../endpoint/body.ts';
import type { AwsRequest, AwsResponse } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import type { StorePorts } from './embedded/process.ts';

/** The embedded stores, in a process of their own that starts with the first request. */
export interface EmbeddedStores {
  /** Hands a request on as it came, or with another body. */
  forward(store: keyof StorePorts, request: AwsRequest, body?: Buffer): Promise<AwsResponse>;
  close(): Promise<void>;
}

export function embeddedStores(ground: Ground): EmbeddedStores {
  const agent = new Agent({ keepAlive: true });
  let child: ChildProcess | undefined;
  let closing = false;
  let ports: Promise<StorePorts> | undefined;

  const start = async (): Promise<StorePorts> => {
    child = fork(fileURLToPath(new URL('embedded/process.ts', import.meta.url)), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        REHEARSAL_CLOCK: ground.clock.origin,
        AWS_ACCOUNT_ID: ground.accountId,
        AWS_REGION: ground.region,
      },
    });
    child.once('exit', (code, signal) => {
      if (closing) return;
      const message = `The embedded DynamoDB, SQS, SNS and S3 ended unexpectedly (${signal ?? `exit code ${code}`})`;
      ground.journal.record({ kind: 'warning', message });
    });
    const [message] = (await once(child, 'message')) as [StorePorts];
    return message;
  };

  return {
    async forward(store, request, body = request.body) {
      ports ??= start();
      const port = (await ports)[store];
      return exchange({ ...request, body }, port, agent);
    },
    async close() {
      closing = true;
      await ports?.catch(() => undefined);
      if (child?.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL'); // nothing it holds outlives the rehearsal
        await exited;
      }
      agent.destroy();
    },
  };
}

/** Objects above this pass through: a fleet that fetches a hundred megabytes each must not fill this process with copies. */
const LARGE_BYTES = 1024 * 1024;

/** Belong to one connection, not to the message. */
const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'expect', 'content-length'];

async function exchange(
  { method, path, query, headers, body }: AwsRequest,
  port: number,
  agent: Agent,
): Promise<AwsResponse> {
  const search = query.size > 0 ? `?${query}` : '';
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port,
    agent,
    method,
    path: path + search,
    headers: { ...messageHeaders(headers), 'content-length': body.length },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode: status = 500, headers: incomingHeaders } = incoming;
  const length = incomingHeaders['content-length'];
  const passes = method === 'GET' && status < 300 && Number(length) > LARGE_BYTES;
  return {
    status,
    headers: {
      ...messageHeaders(incomingHeaders),
      // Of a HEAD, the length is the object's, not this body's.
      ...(length !== undefined && (passes || method === 'HEAD') && { 'content-length': length }),
    },
    body: passes ? incoming : await bodyOf(incoming),
  };
}

function messageHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
