import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host, HostSpecification } from '../../../rehearsal/hosts/host.ts';
import type { JournalEntry } from '../../../rehearsal/journal.ts';
import type { Ground } from '../../../rehearsal/part.ts';

let instances = 0;

/** An instance with an id of its own; a test says what matters to it. */
export function anInstance(settings: Partial<HostSpecification> = {}): HostSpecification {
  return {
    instanceId: `i-${(++instances).toString(16).padStart(17, '0')}`,
    imageId: 'ami-0abcdef1234567890',
    instanceType: 't3.micro',
    availabilityZone: 'us-east-1a',
    userData: '',
    roleArn: 'arn:aws:iam::123456789012:role/service/web-host',
    targetLifecycleState: () => 'InService',
    ...settings,
  };
}

/** Commands as user data: a bash script. */
export const script = (...commands: string[]): string => ['#!/bin/bash', ...commands, ''].join('\n');

/** A file of an instance's disk. */
export const onDisk = (ground: Ground, host: Host, path: string): Promise<string> =>
  readFile(join(ground.directory, 'hosts', host.instanceId, path), 'utf8');

/** Resolves with the first entry of the journal that fits, one already made included. */
function observed(ground: Ground, fits: (entry: JournalEntry) => boolean): Promise<JournalEntry> {
  return new Promise((resolve) => {
    const before = ground.journal.entries.find(fits);
    if (before) {
      resolve(before);
      return;
    }
    const unfollow = ground.journal.follow((entry) => {
      if (!fits(entry)) return;
      unfollow();
      resolve(entry);
    });
  });
}

/** Resolves with the first console line that matches. */
export async function consoleLine(ground: Ground, pattern: RegExp): Promise<string> {
  const entry = await observed(ground, (entry) => entry.kind === 'console' && pattern.test(entry.line));
  return entry.kind === 'console' ? entry.line : '';
}

/** Resolves with the first warning that matches. */
export async function warning(ground: Ground, pattern: RegExp): Promise<string> {
  const entry = await observed(ground, (entry) => entry.kind === 'warning' && pattern.test(entry.message));
  return entry.kind === 'warning' ? entry.message : '';
}
