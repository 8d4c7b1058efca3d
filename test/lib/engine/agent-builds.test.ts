import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { nativeArchitecture } from '../../../lib/bundling/node-binary.ts';
import { agentBuilds } from '../../../lib/engine/agent-builds.ts';

const buildsFor = (agentArchitectures: string) => agentBuilds(new App({ context: { agentArchitectures } }));

describe('the architectures that the agent is published for', () => {
  it('are all that EC2 has for Linux, unless told otherwise', () => {
    expect(agentBuilds(new App())).toEqual([
      { architecture: 'x86_64', form: 'compressed' },
      { architecture: 'arm64', form: 'compressed' },
    ]);
  });

  it('are those that the setting names, each once', () => {
    expect(buildsFor('arm64,arm64')).toEqual([{ architecture: 'arm64', form: 'compressed' }]);
  });

  it('are none when images bring an agent along', () => {
    expect(buildsFor('')).toEqual([]);
  });

  it('are this machine’s own in a rehearsal, not compressed as it travels nowhere', () => {
    expect(buildsFor('native')).toEqual([{ architecture: nativeArchitecture(), form: 'executable' }]);
  });

  it('are this machine’s own without its Node in a rehearsal of many hosts', () => {
    expect(buildsFor('script')).toEqual([{ architecture: nativeArchitecture(), form: 'script' }]);
  });

  it('are refused by name when nobody knows them', () => {
    expect(() => buildsFor('x86_64,amd64')).toThrow(
      /cannot be made for “amd64”.* x86_64,arm64, one of them, native, script/,
    );
  });
});
