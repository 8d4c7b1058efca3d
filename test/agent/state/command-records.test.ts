import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Completion } from '../../../agent/protocol/wire.ts';
import { CommandRecords } from '../../../agent/state/command-records.ts';
import { Layout } from '../../../agent/state/layout.ts';
import { writeTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const HOUR_MS = 3_600_000;
const completion: Completion = {
  HostCommandIdentifier: 'command-1',
  CommandStatus: 'Succeeded',
  Diagnostics: { error_code: 0, script_name: '', message: 'Succeeded: ', log: '' },
  NoopEvents: [],
};
let root: string;
let records: CommandRecords;

beforeEach(() => {
  root = temporaryDirectory();
  records = new CommandRecords(new Layout(root, 'ongoing-deployment'), Date.now);
});

describe('what an agent leaves behind', () => {
  it('is nothing on a new host, and nothing once all was reported', async () => {
    expect(await records.leftBehind()).toEqual([]);
    await records.begin('d-1', 'command-1');
    await records.end('d-1', completion);
    await records.forget('d-1');

    expect(await records.leftBehind()).toEqual([]);
  });

  it('is an interrupted command, of which AWS’s agent left the same file', async () => {
    writeTree(root, { 'ongoing-deployment/d-1': 'command-1' });

    expect(await records.leftBehind()).toEqual([
      { kind: 'interrupted', deploymentId: 'd-1', hostCommandIdentifier: 'command-1' },
    ]);
  });

  it('is a report, when the agent died between writing it and forgetting the command', async () => {
    await records.begin('d-1', 'command-1');
    await records.end('d-1', completion);
    await records.begin('d-1', 'command-1');

    expect(await records.leftBehind()).toEqual([{ kind: 'unreported', deploymentId: 'd-1', completion }]);
  });

  it('does not count after a day, when the service has forgotten it too', async () => {
    await records.begin('d-OLD', 'command-old');
    await records.begin('d-NEW', 'command-new');
    const [dayAgo, lessAgo] = [25, 23].map((hours) => new Date(Date.now() - hours * HOUR_MS));
    utimesSync(join(root, 'ongoing-deployment/d-OLD'), dayAgo ?? 0, dayAgo ?? 0);
    utimesSync(join(root, 'ongoing-deployment/d-NEW'), lessAgo ?? 0, lessAgo ?? 0);

    expect((await records.leftBehind()).map(({ deploymentId }) => deploymentId)).toEqual(['d-NEW']);
    expect(readdirSync(join(root, 'ongoing-deployment'))).toEqual(['d-NEW']);
  });

  it('is no report that was written half', async () => {
    writeTree(root, { 'unreported-completions/d-1.new': '{"HostComm' });

    expect(await records.leftBehind()).toEqual([]);
  });
});
