import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the guide to deploying', () => {
  it('shows an app that works as it stands', () => {
    const guide = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
    const sample = /```ts\n(.*?)```/s.exec(guide)?.[1] ?? '';
    const project = aProjectWith(sample);

    const run = spawnSync(process.execPath, ['bin/my-fleet.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, CDK_OUTDIR: join(project, 'cdk.out'), CDK_VALIDATION: 'false' },
    });

    expect(run.stderr).not.toContain('Error');
    expect(run.status).toBe(0);
    const template = readFileSync(join(project, 'cdk.out/MyFleet.template.json'), 'utf8');
    expect(template).toContain('"LifecycleHookName": "slipway-termination"');
    expect(template).toContain('"ApplicationName": "shop"');
  }, 60_000);
});

/** This repository with one more app, and a revision for it. */
function aProjectWith(app: string): string {
  const project = temporaryDirectory('slipway-guide-');
  for (const name of ['lib', 'core', 'node_modules', 'package.json'])
    symlinkSync(join(ROOT, name), join(project, name));
  for (const directory of ['bin', 'my-app']) mkdirSync(join(project, directory));
  writeFileSync(join(project, 'bin/my-fleet.ts'), app);
  writeFileSync(join(project, 'my-app/appspec.yml'), 'version: 0.0\nos: linux\n');
  return project;
}
