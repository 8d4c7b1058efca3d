import { encodeHookMetadata } from '../../../core/names.ts';
import { WEB_FLEET } from './builders.ts';

/** The body of a launch notification; an undefined member is left out. */
export function aNotice(changes: Readonly<Record<string, string | undefined>> = {}): string {
  return JSON.stringify({
    Origin: 'EC2',
    LifecycleHookName: 'slipway-launch',
    Destination: 'AutoScalingGroup',
    AccountId: '111122223333',
    RequestId: '0f4b6e1e-6c0d-4a53-9d0e-1f6f0a3c7b21',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    AutoScalingGroupName: 'web-blue',
    Service: 'AWS Auto Scaling',
    Time: '2026-05-04T11:59:58.000Z',
    EC2InstanceId: 'i-0a1b2c3d4e5f60718',
    NotificationMetadata: encodeHookMetadata({ deploymentGroups: [WEB_FLEET] }),
    LifecycleActionToken: '5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10',
    ...changes,
  });
}
