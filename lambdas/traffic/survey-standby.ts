import { describeGroup } from '../../core/deployment-group.ts';
import type { Target } from '../../core/target.ts';
import type { Failure } from '../../core/traffic/judge.ts';
import type { Traffic } from '../../core/traffic/traffic.ts';
import type { Ports } from './ports.ts';

/**
 * Looks for an Auto Scaling group that wants this host to stand by. A host that stands by already does so for an earlier
 * deployment of the same group, or for somebody else, who would not want it back in service. While launches are suspended
 * nobody comes back from Standby, so that nobody goes there: the host then loses its traffic alone.
 * @returns what the record of traffic says of it, or why the host cannot be moved
 */
export async function surveyStandby(
  { instanceId, group }: Target,
  { standbyGroups, standbyNotes, telemetry }: Pick<Ports, 'standbyGroups' | 'standbyNotes' | 'telemetry'>,
): Promise<Pick<Traffic, 'standbyIn'> | Failure> {
  for (const { autoScalingGroupName, suspended } of await standbyGroups.tagged()) {
    const state = (await standbyGroups.statesOf(autoScalingGroupName, [instanceId])).get(instanceId);
    if (state === undefined) continue;
    if (suspended.includes('AddToLoadBalancer')) {
      telemetry.warn(
        'the process AddToLoadBalancer is suspended: Slipway registers the host itself when it is back from Standby, ' +
          'and nobody registers the instances that Auto Scaling launches',
        { autoScalingGroupName, instanceId },
      );
    }
    if (suspended.includes('Launch') && !STANDS_BY.test(state)) {
      telemetry.warn('the process Launch is suspended, and nobody could come back: the host does not stand by', {
        autoScalingGroupName,
        instanceId,
      });
      return {};
    }
    const { hosts } = await standbyNotes.of(autoScalingGroupName);
    const owner = hosts[instanceId]?.deploymentGroup;
    if (!STANDS_BY.test(state) || owner === describeGroup(group)) return { standbyIn: autoScalingGroupName };
    return {
      kind: 'failed',
      reason:
        `${instanceId} stands by in ${autoScalingGroupName} for ${owner ?? 'somebody else'}: ` +
        'bring it back into service first, or terminate it',
    };
  }
  return {};
}

const STANDS_BY = /Standby$/;
