import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Properties } from '../../../rehearsal/cloudformation/resource-type.ts';
import { verifySignature } from '../../../rehearsal/identity/signature.ts';
import type { Sessions } from '../../../rehearsal/identity/sessions.ts';
import { createLambdaPart } from '../../../rehearsal/lambda/create-lambda-part.ts';
import { LogStore } from '../../../rehearsal/logs/log-store.ts';
import type { Ground, Part } from '../../../rehearsal/part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/function-role';

export interface LambdaGround extends TestGround {
  readonly lambda: LambdaClient;
  readonly metrics: readonly { name: string; value: number }[];
  /** Provisions a function from sources; a single source is its `index.js`. */
  addFunction(name: string, source: string | Record<string, string>, properties?: Properties): Promise<string>;
  /** Everything that the functions of this ground logged, line by line. */
  logLines(functionName: string): string[];
}

/** A ground with functions on it. */
export async function startLambdaGround(
  options: {
    speed?: number;
    enforced?: boolean;
    beside?: (ground: Ground) => readonly Part[] | Promise<readonly Part[]>;
  } = {},
): Promise<LambdaGround> {
  const assets = await mkdtemp(join(tmpdir(), 'assets-'));
  const metrics: { name: string; value: number }[] = [];
  const logs: LogStore[] = [];
  const ground = await startTestGround(async (made, { route, endpoint }) => {
    const store = new LogStore(() => made.clock.now());
    logs.push(store);
    const part = createLambdaPart(made, {
      route,
      claim: endpoint.claim,
      logs: store,
      codeDirectory: (bucket, key) => (bucket === 'assets' ? join(assets, key) : undefined),
      isSigned: (request) => verifySignature(request, made.credentials as Sessions),
      metric: (_namespace, name, _dimensions, value) => void metrics.push({ name, value }),
    });
    return [part, ...((await options.beside?.(made)) ?? [])];
  }, options);
  const lambda = new LambdaClient(ground.client);

  return {
    ...ground,
    lambda,
    metrics,
    async addFunction(name, source, properties = {}) {
      const files = typeof source === 'string' ? { 'index.js': source } : source;
      for (const [file, text] of Object.entries(files)) {
        const path = join(assets, name, file);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
      await ground.provision(
        'AWS::Lambda::Function',
        {
          FunctionName: name,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: ROLE_ARN,
          Code: { S3Bucket: 'assets', S3Key: name },
          ...properties,
        },
        name,
      );
      return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    },
    logLines: (functionName) =>
      [...(logs[0]?.group(`/aws/lambda/${functionName}`).streams.values() ?? [])].flatMap((stream) =>
        stream.events.map(({ message }) => message),
      ),
    async close() {
      lambda.destroy();
      await ground.close();
      await rm(assets, { recursive: true, force: true });
    },
  };
}

/** The answer of an invocation as a value. */
export const parsed = (payload: Uint8Array | undefined): unknown =>
  JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
