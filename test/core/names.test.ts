import { describe, expect, it } from 'vitest';

import { decodeHookMetadata, encodeHookMetadata, isName, MalformedHookMetadata } from '../../core/names.ts';

const metadata = {
  deploymentGroups: [{ applicationName: 'web', deploymentGroupName: 'web-fleet' }],
  heartbeatTimeoutSeconds: 900,
};

describe('a hook’s metadata', () => {
  it('is read as it was written', () => {
    expect(decodeHookMetadata(encodeHookMetadata(metadata))).toEqual(metadata);
  });

  it.each([undefined, '', 'for the other tool', '{"dg":"web"}', '[1]', 'null'])('is somebody else’s: %s', (text) => {
    expect(decodeHookMetadata(text)).toBeUndefined();
  });

  it.each([
    '{"slipway":{}}',
    '{"slipway":{"deploymentGroups":[]}}',
    '{"slipway":{"deploymentGroups":[{"applicationName":"web"}]}}',
    '{"slipway":{"deploymentGroups":"web"}}',
    '{"slipway":7}',
  ])('is ours, but broken: %s', (text) => {
    expect(() => decodeHookMetadata(text)).toThrow(MalformedHookMetadata);
  });

  it('must fit into a hook', () => {
    const deploymentGroups = Array.from({ length: 100 }, (_, index) => ({
      applicationName: 'web',
      deploymentGroupName: `web-fleet-${index}`,
    }));

    expect(() => encodeHookMetadata({ deploymentGroups })).toThrow(/a lifecycle hook holds 4000/);
  });
});

describe('the name of an application or deployment group', () => {
  it.each(['web', 'web-fleet_2.0', 'a+b=c,d@e', 'x'.repeat(100)])('may be %s', (text) => {
    expect(isName(text)).toBe(true);
  });

  it.each(['', 'web/fleet', 'größe', 'web fleet', 'web\n', 'x'.repeat(101)])('may not be %j', (text) => {
    expect(isName(text)).toBe(false);
  });
});
