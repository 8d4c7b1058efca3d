import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('npm run up', () => {
  let directory: string;
  let assembly: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'up-test-'));
    assembly = join(directory, 'assembly');
    await mkdir(assembly);
    const artifacts = {
      Queues: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Queues.template.json' } },
    };
    await writeFile(join(assembly, 'manifest.json'), JSON.stringify({ artifacts }));
    await writeFile(
      join(assembly, 'Queues.template.json'),
      JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
    );
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** The command, with all temporary directories below `directory`. */
  const up = (...options: string[]): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, ['rehearsal/main.ts', '--assembly', assembly, ...options], {
      env: { ...process.env, TMPDIR: directory },
    });

  it('says how to reach the cloud, and ends with Ctrl-C without a trace', async () => {
    const process = up('--port', '0');
    const output = collect(process);
    await output.until('Ctrl-C ends it');

    process.kill('SIGINT');
    const [code] = (await once(process, 'close')) as [number];

    expect(output.text()).toMatch(/The cloud is up at http:\/\/127\.0\.0\.1:\d+ with Queues\./);
    expect(output.text()).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:');
    expect(code).toBe(0);
    expect(await readdir(directory)).toEqual(['assembly']);
  });

  it('names the remedy when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const process = up('--port', String(port));
    const output = collect(process);

    const [code] = (await once(process, 'close')) as [number];

    expect(output.text()).toBe(`Port ${port} is taken: stop what listens there, or choose another port (--port N)\n`);
    expect(code).toBe(1);
    other.close();
  });
});

function collect(process: ChildProcessWithoutNullStreams) {
  let text = '';
  const heard: (() => void)[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of heard) listener();
    });
  }
  return {
    text: () => text,
    until: (words: string) =>
      new Promise<void>((resolve) => {
        heard.push(() => {
          if (text.includes(words)) resolve();
        });
      }),
  };
}
