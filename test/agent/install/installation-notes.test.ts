import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InstallationNotes } from '../../../agent/install/installation-notes.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

it('notes ahead what goes into directories of the installation itself, in the order of the instructions', () => {
  const file = join(temporaryDirectory(), 'web-cleanup');
  const notes = new InstallationNotes(file);

  notes.noteAhead([
    { type: 'mkdir', directory: '/srv/app' },
    { type: 'copy', source: '/archive/a', destination: '/srv/app/a' },
    { type: 'chmod', mode: '0644', file: '/srv/app/a' },
  ]);
  notes.noteUnlessAhead('/srv/app/a');
  notes.close();

  expect(readFileSync(file, 'utf8')).toBe('/srv/app\n/srv/app/a\n');
});

it('notes a path in a directory of the host only when it is about to be written: until then it may be a file of the host', () => {
  const file = join(temporaryDirectory(), 'web-cleanup');
  const notes = new InstallationNotes(file);

  notes.noteAhead([{ type: 'copy', source: '/archive/motd', destination: '/etc/motd' }]);
  const ahead = readFileSync(file, 'utf8');
  notes.noteUnlessAhead('/etc/motd');
  notes.close();

  expect(ahead).toBe('');
  expect(readFileSync(file, 'utf8')).toBe('/etc/motd\n');
});

it('says so when its own disk is full', () => {
  const notes = new InstallationNotes('/dev/full');

  expect(() => {
    notes.note('/srv/app');
  }).toThrow(/^The disk is full: no room for \/dev\/full/);
  notes.close();
});
