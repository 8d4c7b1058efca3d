import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENT_VERSION } from '../../../agent/version.ts';
import { BuildCache } from '../../../lib/bundling/build-cache.ts';
import { NODE_SETTINGS } from '../../../lib/bundling/executable.ts';
import { script } from '../../../lib/bundling/script.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const AGENT = { entry: 'agent/main.ts', file: 'slipway-agent.cjs', target: 'node24' } as const;

/** The agent as a host has it: copied to where there is nothing else. */
function onAHost(node?: string): string {
  const cache = new BuildCache(temporaryDirectory('slipway-cache-'));
  const { file } = script({ program: AGENT, cache, ...(node !== undefined && { node }) });
  const copy = join(temporaryDirectory(), 'slipway-agent');
  copyFileSync(file, copy);
  return copy;
}

describe('the agent as a script', () => {
  it('runs by itself on the Node of this machine, with what the executable’s Node is told', () => {
    const agent = onAHost();

    const run = spawnSync(agent, ['--version'], { encoding: 'utf8', env: {} });

    expect(run).toMatchObject({ stdout: `${AGENT_VERSION}\n`, stderr: '', status: 0 });
    const [line] = readFileSync(agent, 'utf8').split('\n');
    expect(line).toBe(`#!/usr/bin/env -S "${process.execPath}" ${NODE_SETTINGS.join(' ')}`);
  });

  it('brings no Node: it is not a hundredth of the executable', () => {
    expect(statSync(onAHost()).size).toBeLessThan(1_000_000);
  });

  it('lets a rehearsal set its clock', () => {
    const preload = join(temporaryDirectory(), 'preload.cjs');
    writeFileSync(preload, 'process.stdout.write("preloaded ");');

    const run = spawnSync(onAHost(), ['--version'], {
      encoding: 'utf8',
      env: { NODE_OPTIONS: `--require ${preload}` },
    });

    expect(run.stdout).toBe(`preloaded ${AGENT_VERSION}\n`);
  });

  it('finds a Node whose path needs quotes', () => {
    const node = join(temporaryDirectory(), 'the "$5" node');
    symlinkSync(process.execPath, node);

    const run = spawnSync(onAHost(node), ['--version'], { encoding: 'utf8', env: {} });

    expect(run).toMatchObject({ stdout: `${AGENT_VERSION}\n`, stderr: '' });
  });

  it('has the same hash as long as it is the same, and another for another Node', () => {
    const cache = { file: () => '' } as unknown as BuildCache;
    const hashOf = (node?: string): string => script({ program: AGENT, cache, ...(node && { node }) }).hash;

    const hash = hashOf();

    expect(hashOf()).toBe(hash);
    expect(hashOf('/opt/node')).not.toBe(hash);
  });
});
