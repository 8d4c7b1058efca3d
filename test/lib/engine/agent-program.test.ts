import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { AgentProgram } from '../../../lib/engine/agent-program.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly destinations: Readonly<Record<string, { objectKey: string }>> }>>;
}

/** Keys of what `cdk deploy` would upload, the template itself apart. */
function objectsIn(assembly: string): string[] {
  const manifest = JSON.parse(readFileSync(join(assembly, 'Engine.assets.json'), 'utf8')) as AssetManifest;
  return Object.values(manifest.files)
    .flatMap(({ destinations }) => Object.values(destinations).map(({ objectKey }) => objectKey))
    .filter((key) => !key.endsWith('.json'));
}

function synthesize(agentArchitectures: string): { agent: AgentProgram; objects: string[] } {
  const outdir = temporaryDirectory('slipway-assembly-');
  const app = new App({ outdir, context: { agentArchitectures }, builtinCloudFormationValidation: false });
  const agent = new AgentProgram(new Stack(app, 'Engine'), 'Agent');
  app.synth();
  return { agent, objects: objectsIn(outdir) };
}

describe('the agent in the bucket of cdk bootstrap', () => {
  it('is one object per architecture, under the same key as long as it is the same', () => {
    const [first, second] = [synthesize('native'), synthesize('native')];

    expect(first.objects).toHaveLength(1);
    expect(Object.values(first.agent.objectKeys)).toEqual(expect.arrayContaining(first.objects));
    expect(second.objects).toEqual(first.objects);
  });

  it('is not there for an architecture that nobody asked for', () => {
    const { agent, objects } = synthesize('');

    expect(objects).toEqual([]);
    expect(agent.objectKeys).toEqual({ x86_64: 'not-published', arm64: 'not-published' });
  });
});
