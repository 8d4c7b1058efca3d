import type { TargetGroups } from '../../adapters/load-balancing/target-groups.ts';

/** One target group that drains and checks in no time. */
export class InstantTargetGroups implements TargetGroups {
  /** Instances that get traffic. */
  readonly registered = new Set<string>();

  byName: TargetGroups['byName'] = (targetGroupName) =>
    Promise.resolve({
      targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/${targetGroupName}/1`,
      targetGroupName,
      takesInstances: true,
      drainSeconds: 0,
      checkSeconds: 1,
    });

  registrationsOf: TargetGroups['registrationsOf'] = (instanceId, { targetGroupArn, targetGroupName }) =>
    Promise.resolve(
      this.registered.has(instanceId) ? [{ targetGroupArn, targetGroupName, port: 80, state: 'healthy' }] : [],
    );

  look: TargetGroups['look'] = (instanceId, registrations) => {
    const state = this.registered.has(instanceId) ? 'healthy' : 'absent';
    return Promise.resolve(registrations.map((each) => ({ ...each, state })));
  };

  register: TargetGroups['register'] = (instanceId) => {
    this.registered.add(instanceId);
    return Promise.resolve();
  };

  deregister: TargetGroups['deregister'] = (instanceId) => {
    this.registered.delete(instanceId);
    return Promise.resolve();
  };
}
