import type { LoadBalancerInfo as Given, TargetGroupPairInfo, TrafficRoute } from '@aws-sdk/client-codedeploy';

import type { ComputePlatform } from '../../../core/deployment-configs/deployment-config.ts';
import type { GroupLoadBalancerInfo, TargetGroupPair } from '../../../core/group-settings.ts';
import { InvalidSetting } from '../../errors/group-settings-errors.ts';

const MOST = 10;
const LONGEST_TARGET_GROUP_NAME = 32;

const fault = (message: string) => new InvalidSetting('InvalidLoadBalancerInfoException', message);
const pairFault = (message: string) => new InvalidSetting('InvalidTargetGroupPairException', message);

/**
 * Names of load balancers and target groups; whether they exist shows when they are deployed to.
 * @returns undefined when nothing is named
 * @throws InvalidSetting
 */
export function checkLoadBalancer(given: Given, platform: ComputePlatform): GroupLoadBalancerInfo | undefined {
  const { elbInfoList = [], targetGroupInfoList = [], targetGroupPairInfoList = [] } = given;
  if (platform === 'ECS' && elbInfoList.length + targetGroupInfoList.length > 0) {
    throw fault('For ECS elbInfoList and targetGroupInfoList can not be specified: give a targetGroupPairInfoList');
  }
  const info = {
    ...(elbInfoList.length > 0 && { elbInfoList: named(elbInfoList, 'elbInfoList') }),
    ...(targetGroupInfoList.length > 0 && { targetGroupInfoList: targetGroups(targetGroupInfoList) }),
    ...(targetGroupPairInfoList.length > 0 && { targetGroupPairInfoList: pairs(targetGroupPairInfoList) }),
  };
  return Object.keys(info).length > 0 ? info : undefined;
}

function named(list: readonly { readonly name?: string | undefined }[], what: string): readonly { name: string }[] {
  if (list.length > MOST) throw fault(`${what} has ${list.length} entries, of at most ${MOST}`);
  return list.map(({ name }) => {
    if (!name) throw fault(`An entry of ${what} has no name`);
    return { name };
  });
}

function targetGroups(list: readonly { readonly name?: string | undefined }[]): readonly { name: string }[] {
  const checked = named(list, 'targetGroupInfoList');
  const long = checked.find(({ name }) => name.length > LONGEST_TARGET_GROUP_NAME);
  if (long) {
    throw fault(
      `The target group name ${long.name} has more than ${LONGEST_TARGET_GROUP_NAME} characters: give the name, not the ARN`,
    );
  }
  return checked;
}

function pairs(list: readonly TargetGroupPairInfo[]): readonly TargetGroupPair[] {
  if (list.length > 1) throw pairFault(`targetGroupPairInfoList has ${list.length} pairs, of at most one`);
  return list.map(({ targetGroups: groups = [], prodTrafficRoute, testTrafficRoute }) => {
    if (groups.length !== 2) throw pairFault(`A pair has two target groups, not ${groups.length}`);
    return {
      targetGroups: targetGroups(groups),
      prodTrafficRoute: route(prodTrafficRoute, 'prodTrafficRoute'),
      ...(testTrafficRoute?.listenerArns?.length && { testTrafficRoute: route(testTrafficRoute, 'testTrafficRoute') }),
    };
  });
}

function route(given: TrafficRoute | undefined, what: string): { readonly listenerArns: readonly string[] } {
  const listenerArns = given?.listenerArns ?? [];
  if (listenerArns.length !== 1) throw pairFault(`${what} names one listener, not ${listenerArns.length}`);
  return { listenerArns };
}
