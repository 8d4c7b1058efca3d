import { describe, expect, it } from 'vitest';

import { readDiagnostics } from '../../core/diagnostics.ts';

const report = (members: object): string => JSON.stringify(members);

describe('what a host says about a lifecycle event', () => {
  it('names the error as CodeDeploy does', () => {
    const payload = report({ error_code: 4, script_name: 'start.sh', message: 'exit code 1', log: 'no such port\n' });

    expect(readDiagnostics(payload)).toEqual({
      errorCode: 'ScriptFailed',
      scriptName: 'start.sh',
      message: 'exit code 1',
      logTail: 'no such port\n',
    });
  });

  it.each([
    [0, 'Success'],
    [1, 'ScriptMissing'],
    [2, 'ScriptNotExecutable'],
    [3, 'ScriptTimedOut'],
    [5, 'UnknownError'],
    [6, 'UnknownError'],
    [7, 'UnknownError'],
    ['Unknown', 'UnknownError'],
    [undefined, 'UnknownError'],
  ])('reads the code %s as %s', (code, name) => {
    expect(readDiagnostics(report({ error_code: code })).errorCode).toBe(name);
  });

  it('keeps the last 4 KiB of the log, cut between characters', () => {
    const log = `${'a'.repeat(100)}${'é'.repeat(3000)}`;

    const { logTail } = readDiagnostics(report({ error_code: 4, log: `${log}z` }));

    expect(Buffer.byteLength(logTail)).toBeLessThanOrEqual(4096);
    expect(logTail).toMatch(/^é+z$/);
  });

  it('keeps what it cannot read as the message', () => {
    expect(readDiagnostics('the agent stuttered')).toMatchObject({
      errorCode: 'UnknownError',
      message: 'the agent stuttered',
    });
  });

  it('may be nothing', () => {
    expect(readDiagnostics(undefined)).toEqual({ errorCode: 'UnknownError', scriptName: '', message: '', logTail: '' });
  });
});
