import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Template } from 'aws-cdk-lib/assertions';
import { Lazy } from 'aws-cdk-lib/core';
import { expect, it } from 'vitest';
import { aFleet, deployedTo } from './builders.ts';

/** The log group that a deployment group of these names brings with it. */
function logGroupOf(applicationName: string, deploymentGroupName: string): unknown {
  const fleet = aFleet();
  deployedTo(fleet, { applicationName, deploymentGroupName, hookLogRetention: RetentionDays.ONE_WEEK });
  const [found] = Object.values(Template.fromStack(fleet.stack).findResources('AWS::Logs::LogGroup'));
  return found?.['Properties'];
}

it('is called like its deployment group, other characters spelled out', () => {
  expect(logGroupOf('web+api', 'eu@blue')).toEqual({
    LogGroupName: '/slipway/hook-scripts/web#2bapi/eu#40blue',
    RetentionInDays: 7,
  });
});

it('has a generated name where CloudFormation alone knows those of the deployment group', () => {
  expect(logGroupOf(Lazy.string({ produce: () => 'web' }), 'blue')).toEqual({ RetentionInDays: 7 });
});

it('goes with its deployment group', () => {
  const fleet = aFleet();

  const { hookLogs } = deployedTo(fleet);

  expect(hookLogs).toBeInstanceOf(LogGroup);
  Template.fromStack(fleet.stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
});

it('is refused a retention where no logs are wanted', () => {
  expect(() => deployedTo(aFleet(), { shipHookLogs: false, hookLogRetention: RetentionDays.ONE_DAY })).toThrow(
    /hookLogRetention has no effect while shipHookLogs is false/,
  );
});
