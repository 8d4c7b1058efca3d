import { describe, expect, it } from 'vitest';

import { deploymentIdFor } from '../../core/identifiers.ts';
import { describeRequest, executionNameFor, groupOf, targetIdOf } from '../../core/target-request.ts';
import { aLaunch, anInPlaceRequest, aTermination, WEB_FLEET } from '../lambdas/doubles/builders.ts';

const REQUESTS = [aLaunch(), aTermination(), anInPlaceRequest()];

describe('a request', () => {
  it('names its execution within Step Functions’ limits', () => {
    const names = REQUESTS.map(executionNameFor);

    expect(names).toEqual([
      'launch-i-0a1b2c3d4e5f60718-5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10',
      'termination-i-0a1b2c3d4e5f60718-c0ffee00-2a77-4b0e-8f7b-0f2a9a4f6d10',
      'in-place-i-0a1b2c3d4e5f60718-d-INPLACE00',
    ]);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(80);
  });

  it('because of a lifecycle action is about a deployment that follows from the action', () => {
    const { deploymentId } = targetIdOf(aLaunch());

    expect(deploymentId).toBe(deploymentIdFor(aLaunch().lifecycleActionToken));
  });

  it('in place is about the deployment that it names', () => {
    expect(targetIdOf(anInPlaceRequest())).toEqual({
      deploymentId: 'd-INPLACE00',
      instanceId: 'i-0a1b2c3d4e5f60718',
    });
  });

  it.each(REQUESTS)('deploys for one deployment group: $type', (request) => {
    expect(groupOf(request)).toEqual(WEB_FLEET);
  });

  it('is described without its token', () => {
    const launch = aLaunch();

    expect(JSON.stringify(describeRequest(launch))).not.toContain(launch.lifecycleActionToken);
    expect(describeRequest(launch)).toMatchObject({ type: 'launch', autoScalingGroupName: 'web-blue' });
  });
});
