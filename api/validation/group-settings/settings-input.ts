import type { UpdateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';

import type { GroupSettings } from '../../../core/group-settings.ts';
import type { Members } from '../../wire/shape.ts';

/** What may be said of a deployment group, beside its names. */
export type SettingsInput = Omit<
  UpdateDeploymentGroupInput,
  'applicationName' | 'currentDeploymentGroupName' | 'newDeploymentGroupName'
>;

const TAG_FILTER = { Key: 'text', Value: 'text', Type: 'text' } as const;
const NAMED = { name: 'text' } as const;
const ROUTE = { listenerArns: ['text'] } as const;

export const ALARM_CONFIGURATION = { enabled: 'flag', ignorePollAlarmFailure: 'flag', alarms: [NAMED] } as const;
export const AUTO_ROLLBACK_CONFIGURATION = { enabled: 'flag', events: ['text'] } as const;
export const EC2_TAG_SET = { ec2TagSetList: [[TAG_FILTER]] } as const;
export const EC2_TAG_FILTERS = [TAG_FILTER] as const;

/** The members of the input that both who creates and who updates a group may give. */
export const SETTINGS: Members<SettingsInput> = {
  deploymentConfigName: 'text',
  ec2TagFilters: EC2_TAG_FILTERS,
  onPremisesInstanceTagFilters: [TAG_FILTER],
  autoScalingGroups: ['text'],
  serviceRoleArn: 'text',
  triggerConfigurations: [{ triggerName: 'text', triggerTargetArn: 'text', triggerEvents: ['text'] }],
  alarmConfiguration: ALARM_CONFIGURATION,
  autoRollbackConfiguration: AUTO_ROLLBACK_CONFIGURATION,
  outdatedInstancesStrategy: 'text',
  deploymentStyle: { deploymentType: 'text', deploymentOption: 'text' },
  blueGreenDeploymentConfiguration: {
    terminateBlueInstancesOnDeploymentSuccess: { action: 'text', terminationWaitTimeInMinutes: 'number' },
    deploymentReadyOption: { actionOnTimeout: 'text', waitTimeInMinutes: 'number' },
    greenFleetProvisioningOption: { action: 'text' },
  },
  loadBalancerInfo: {
    elbInfoList: [NAMED],
    targetGroupInfoList: [NAMED],
    targetGroupPairInfoList: [{ targetGroups: [NAMED], prodTrafficRoute: ROUTE, testTrafficRoute: ROUTE }],
  },
  ec2TagSet: EC2_TAG_SET,
  ecsServices: [{ serviceName: 'text', clusterName: 'text' }],
  onPremisesTagSet: { onPremisesTagSetList: [[TAG_FILTER]] },
  terminationHookEnabled: 'flag',
};

/**
 * Settings with changes: what is absent stays, a list replaces the whole list, an empty one clears it. Filters in a flat
 * list take the place of a tag set, and the other way round.
 */
export function mergeSettings(before: GroupSettings, given: SettingsInput): SettingsInput {
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const merged = { ...structuredClone(before as unknown as SettingsInput), ...(changes as SettingsInput) };
  if (given.ec2TagFilters?.length && given.ec2TagSet === undefined) delete merged.ec2TagSet;
  if (given.ec2TagSet?.ec2TagSetList?.length && given.ec2TagFilters === undefined) delete merged.ec2TagFilters;
  if (given.onPremisesInstanceTagFilters?.length && given.onPremisesTagSet === undefined)
    delete merged.onPremisesTagSet;
  if (given.onPremisesTagSet?.onPremisesTagSetList?.length && given.onPremisesInstanceTagFilters === undefined) {
    delete merged.onPremisesInstanceTagFilters;
  }
  return merged;
}
