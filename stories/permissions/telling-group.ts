import { CreateApplicationCommand, CreateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import type { ChapterGround } from './chapter.ts';

export const SERVICE_ROLE = 'arn:aws:iam::123456789012:role/any';

/**
 * Makes a deployment group that finds the example's hosts by a tag, looks at an alarm, and tells a topic of its
 * deployments.
 * @param name of its application, and its own
 * @param alarm which it looks at. @default one that there is not
 */
export async function makeTellingGroup(
  { codeDeploy, fleet, operator }: ChapterGround,
  name: string,
  alarm: string = name,
) {
  const group = { applicationName: name, deploymentGroupName: name };
  const Value = fleet.autoScalingGroupName;
  const trigger = { triggerName: name, triggerTargetArn: await operator.makeTopic(name) };
  const triggerEvents = ['DeploymentStart', 'InstanceStart', 'InstanceFailure'] as const;
  await codeDeploy.send(new CreateApplicationCommand({ applicationName: name }));
  await codeDeploy.send(
    new CreateDeploymentGroupCommand({
      ...group,
      serviceRoleArn: SERVICE_ROLE,
      ec2TagFilters: [{ Key: 'aws:autoscaling:groupName', Value, Type: 'KEY_AND_VALUE' }],
      alarmConfiguration: { enabled: true, alarms: [{ name: alarm }], ignorePollAlarmFailure: true },
      triggerConfigurations: [{ ...trigger, triggerEvents: [...triggerEvents] }],
    }),
  );
  return group;
}
