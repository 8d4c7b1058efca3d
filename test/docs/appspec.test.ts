import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { slipway } from '../cli/support/recording-terminal.ts';
import { writeTree } from '../agent/support/files.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const guide = readFileSync(new URL('../../docs/appspec.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

it.each(examples)('the guide shows an AppSpec that is valid as it stands: %j', async (example) => {
  const revision = temporaryDirectory();
  const scripts = [...example.matchAll(/location: (\S+)/g)].map(([, location = '']) => location);
  writeTree(revision, {
    'appspec.yml': example,
    'dist/server.mjs': '',
    'bin/go.sh': '',
    'web-app.conf': '',
    ...Object.fromEntries(scripts.map((location) => [location, { script: '#!/bin/sh\n' }])),
  });

  expect(await slipway('validate', revision, '--strict')).toMatchObject({ code: 0 });
});
