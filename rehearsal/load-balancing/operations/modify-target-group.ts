import { z } from 'zod';
import { operation } from '../operation.ts';
import { targetGroupSettings } from '../targets/target-group.ts';
import { targetGroupView } from '../view.ts';

const CHANGEABLE = [
  'HealthCheckEnabled',
  'HealthCheckPort',
  'HealthCheckPath',
  'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Matcher',
] as const;

const rules = z.looseObject({ TargetGroupArn: z.string() });

/** Changes health check settings; checks to come follow them. @throws AwsError TargetGroupNotFound, ValidationError */
export const modifyTargetGroup = operation(rules, ({ TargetGroupArn, ...input }, { targetGroups, listeners }) => {
  const group = targetGroups.get(TargetGroupArn);
  const given = CHANGEABLE.filter((name) => input[name] !== undefined).map((name) => [name, input[name]] as const);
  group.settings = targetGroupSettings.parse({ ...group.settings, ...Object.fromEntries(given) });
  return { TargetGroups: [targetGroupView(group, listeners.forwardingTo(group.arn))] };
});
