import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parsed, startLambdaGround, type LambdaGround } from './lambda-ground.ts';

let cloud: LambdaGround;
beforeAll(async () => {
  cloud = await startLambdaGround({ speed: 60 });
});
afterAll(() => cloud.close());

const invoke = (functionName: string, event: unknown = {}, input: Partial<InvokeCommandInput> = {}) =>
  cloud.lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(event)), ...input }),
  );

describe('a function', () => {
  it('answers with what its handler returns', async () => {
    await cloud.addFunction('greet', `exports.handler = async ({ name }) => ({ greeting: 'Hello ' + name });`);

    const { StatusCode, Payload, FunctionError } = await invoke('greet', { name: 'fleet' });

    expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: undefined });
    expect(parsed(Payload)).toEqual({ greeting: 'Hello fleet' });
  });

  it('may be an ES module that awaits at its top level', async () => {
    const source = `const word = await Promise.resolve('module'); export const handler = async () => word;`;
    await cloud.addFunction('modern', { 'index.mjs': source });

    const { Payload } = await invoke('modern');

    expect(parsed(Payload)).toBe('module');
  });

  it('may answer by callback', async () => {
    const source = `exports.handler = (event, context, callback) => { setTimeout(() => callback(null, 'later'), 5); };`;
    await cloud.addFunction('old-style', source);

    const { Payload } = await invoke('old-style');

    expect(parsed(Payload)).toBe('later');
  });

  it('lies below the folder that its handler names', async () => {
    const files = { 'src/app.js': `exports.deep = { handler: async () => 'found' };` };
    await cloud.addFunction('nested', files, { Handler: 'src/app.deep.handler' });

    const { Payload } = await invoke('nested');

    expect(parsed(Payload)).toBe('found');
  });

  it('sees its own variables and Lambda’s, and nothing of the user’s', async () => {
    await cloud.addFunction('curious', `exports.handler = async () => process.env;`, {
      Environment: { Variables: { SLIPWAY_TABLE: 'table' } },
      MemorySize: 256,
    });

    const { Payload } = await invoke('curious');

    const variables = parsed(Payload) as Record<string, string>;
    expect(variables).toMatchObject({
      SLIPWAY_TABLE: 'table',
      AWS_LAMBDA_FUNCTION_NAME: 'curious',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      _HANDLER: 'index.handler',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: cloud.endpoint.url(),
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/) as string,
    });
    expect(variables['HOME']).toBeUndefined();
    expect(variables['VITEST']).toBeUndefined();
  });

  it('lives in rehearsed time', async () => {
    const source = `exports.handler = async () => ({ now: Date.now(), date: new Date().getTime(), isDate: new Date() instanceof Date,
      given: new Date(5).getTime(), text: typeof Date() });`;
    await cloud.addFunction('clockwork', source);

    const { Payload } = await invoke('clockwork');

    const told = parsed(Payload) as { now: number; date: number };
    expect(told).toMatchObject({ isDate: true, given: 5, text: 'string' });
    expect(Math.abs(told.now - cloud.ground.clock.now())).toBeLessThan(30_000);
    expect(Math.abs(told.date - told.now)).toBeLessThan(60_000);
    expect(told.now - Date.now()).toBeGreaterThan(1000);
  });

  it('keeps its environment warm for the next invocation', async () => {
    await cloud.addFunction('counter', `let runs = 0; exports.handler = async () => ++runs;`);

    await invoke('counter');
    const { Payload } = await invoke('counter');

    expect(parsed(Payload)).toBe(2);
  });

  it('runs one invocation at a time in each of at most four environments', async () => {
    const source = `let busy = 0; exports.handler = async () => {
      busy += 1; await new Promise((r) => setTimeout(r, 20)); busy -= 1; return { busy, pid: process.pid }; };`;
    await cloud.addFunction('crowded', source);

    const answers = await Promise.all(Array.from({ length: 12 }, () => invoke('crowded')));

    const results = answers.map(({ Payload }) => parsed(Payload) as { busy: number; pid: number });
    expect(results.map(({ busy }) => busy)).toEqual(Array.from({ length: 12 }, () => 0));
    expect(new Set(results.map(({ pid }) => pid)).size).toBeLessThanOrEqual(4);
  });

  it('runs from code that stands in the template', async () => {
    await cloud.addFunction('inline', {}, { Code: { ZipFile: `exports.handler = async () => 'inline';` } });

    const { Payload } = await invoke('inline');

    expect(parsed(Payload)).toBe('inline');
  });
});

describe('a function that fails', () => {
  it('tells the type, message and trace of what it threw, and stays warm', async () => {
    const source = `class Refused extends Error { name = 'Refused' }
      let runs = 0; exports.handler = async () => { if (++runs === 1) throw new Refused('no entry'); return runs; };`;
    await cloud.addFunction('picky', source);

    const failed = await invoke('picky');
    const next = await invoke('picky');

    expect(failed.FunctionError).toBe('Unhandled');
    expect(parsed(failed.Payload)).toMatchObject({ errorType: 'Refused', errorMessage: 'no entry' });
    expect((parsed(failed.Payload) as { trace: string[] }).trace[0]).toBe('Refused: no entry');
    expect(parsed(next.Payload)).toBe(2);
  });

  it('is ended when it takes longer than its time limit on the wall', async () => {
    await cloud.addFunction('sleeper', `exports.handler = () => new Promise(() => setInterval(() => {}, 1000));`, {
      Timeout: 1,
    });

    const { FunctionError, Payload } = await invoke('sleeper');

    expect(FunctionError).toBe('Unhandled');
    expect(parsed(Payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [\w-]+ Error: Task timed out after 1\.00 seconds$/) as string,
    });
  });

  it('reports the exit of its process', async () => {
    await cloud.addFunction('quitter', `exports.handler = async () => { console.log('bye'); process.exit(3); };`);

    const { Payload } = await invoke('quitter');

    expect(parsed(Payload)).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 3$/) as string,
    });
    expect(cloud.logLines('quitter').some((line) => line.endsWith('bye'))).toBe(true);
  });

  it('loses its environment to an unhandled rejection, and gets a new one', async () => {
    const source = `let runs = 0; exports.handler = (event) => new Promise((resolve) => {
      if (event.reject) Promise.reject(new Error('adrift')); else resolve(++runs); });`;
    await cloud.addFunction('leaky', source);
    await invoke('leaky');

    const failed = await invoke('leaky', { reject: true });
    const next = await invoke('leaky');

    expect(parsed(failed.Payload)).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: adrift',
    });
    expect(parsed(next.Payload)).toBe(1);
  });

  it('answers the error of its initialization', async () => {
    await cloud.addFunction('broken', `throw new Error('SLIPWAY_TABLE is missing');`);

    const { FunctionError, Payload } = await invoke('broken');

    expect(FunctionError).toBe('Unhandled');
    expect(parsed(Payload)).toMatchObject({ errorType: 'Error', errorMessage: 'SLIPWAY_TABLE is missing' });
  });

  it('names a module or handler that is not there', async () => {
    await cloud.addFunction('no-module', { 'other.js': '' });
    await cloud.addFunction('no-handler', `exports.other = 1;`);

    const [noModule, noHandler] = await Promise.all([invoke('no-module'), invoke('no-handler')]);

    expect(parsed(noModule.Payload)).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    expect(parsed(noHandler.Payload)).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });
});

describe('Invoke', () => {
  it('does not know a function that is not there', async () => {
    const invoked = invoke('nowhere');

    await expect(invoked).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nowhere',
    });
  });

  it('throttles beyond the reserved concurrency', async () => {
    const source = `exports.handler = async () => new Promise((r) => setTimeout(r, 100));`;
    await cloud.addFunction('reserved', source, { ReservedConcurrentExecutions: 1 });

    const outcomes = await Promise.allSettled([invoke('reserved'), invoke('reserved')]);

    const [throttled] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(throttled?.reason).toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it('returns the tail of the log on request', async () => {
    await cloud.addFunction('chatty', `exports.handler = async () => { console.log('working'); };`);

    const { LogResult } = await invoke('chatty', {}, { LogType: 'Tail' });

    const lines = Buffer.from(LogResult ?? '', 'base64')
      .toString()
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^START RequestId: [\w-]+ Version: \$LATEST$/);
    expect(lines[1]).toMatch(/\tINFO\tworking$/);
    expect(lines[2]).toMatch(/^END RequestId: /);
    expect(lines[3]).toMatch(
      /^REPORT RequestId: .*\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB/,
    );
  });

  it('only checks with a dry run', async () => {
    await cloud.addFunction('untouched', `exports.handler = async () => 'ran';`);

    const { StatusCode, Payload } = await invoke('untouched', {}, { InvocationType: 'DryRun' });

    expect({ StatusCode, size: Payload?.length ?? 0 }).toEqual({ StatusCode: 204, size: 0 });
    expect(cloud.logLines('untouched')).toEqual([]);
  });

  it('leaves a journal entry and metrics', async () => {
    await cloud.addFunction('observed', `exports.handler = async () => 1;`);

    await invoke('observed');

    const [entry] = cloud.ground.journal.entries.filter(
      (e) => e.kind === 'invocation' && e.functionName === 'observed',
    );
    expect(entry).toMatchObject({ logicalId: 'observed', memoryMb: 128, durationMs: expect.any(Number) as number });
    expect(entry).toHaveProperty('initMs');
    expect(cloud.metrics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Invocations', 'Duration', 'Errors']),
    );
  });
});

describe('an update of a function', () => {
  it('lets what runs end, and what comes run anew', async () => {
    const slow = `exports.handler = async () => { await new Promise((r) => setTimeout(r, 300)); return 'old'; };`;
    await cloud.addFunction('updated', slow);
    const underWay = invoke('updated');
    await vi.waitFor(() => expect(cloud.logLines('updated').length).toBeGreaterThan(0));

    await cloud.addFunction('updated', {}, { Code: { ZipFile: `exports.handler = async () => 'new';` } });

    expect(parsed((await invoke('updated')).Payload)).toBe('new');
    expect(parsed((await underWay).Payload)).toBe('old');
  });
});
