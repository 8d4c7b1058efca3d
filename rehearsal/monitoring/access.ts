import type { AccessOf } from '../endpoint/protocols/operations.ts';

/** Leave for CloudWatch's operations on alarms, which name them without ARN: all alarms where none is named. */
export function monitoringAccess({ region, accountId }: { region: string; accountId: string }): AccessOf {
  return (operation, { AlarmNames, AlarmName }) => {
    if (!operation.includes('Alarm')) return undefined;
    const names = [AlarmNames ?? AlarmName ?? '*'].flat().map(String);
    const resources = names.map((name) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`);
    return [{ action: `cloudwatch:${operation}`, resources }];
  };
}
