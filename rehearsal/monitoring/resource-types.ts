import { z } from 'zod';
import type { Properties, ResourceType, ResourceTypes } from '../cloudformation/resource-type.ts';
import type { Ground } from '../part.ts';
import type { MonitoringAccount } from './account.ts';
import { type Alarm, type AlarmPlace, compositeAlarm, metricAlarm } from './alarm.ts';
import { declared, NOT_BILLED, type PropertyTable } from '../cloudformation/property-table.ts';

/** How CloudWatch's CloudFormation types come to life. */
export function monitoringResourceTypes(ground: Ground, account: MonitoringAccount): ResourceTypes {
  return declared(
    {
      'AWS::CloudWatch::Alarm': alarmType(ground, account, metricAlarm),
      'AWS::CloudWatch::CompositeAlarm': alarmType(ground, account, compositeAlarm),
      'AWS::CloudWatch::Dashboard': dashboardType(ground, account),
    },
    PROPERTIES,
  );
}

const ACTIONS = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
];
const PROPERTIES = {
  'AWS::CloudWatch::Alarm': {
    honoured: [
      ...ACTIONS,
      'ComparisonOperator',
      'DatapointsToAlarm',
      'Dimensions',
      'EvaluationPeriods',
      'ExtendedStatistic',
      'MetricName',
      'Metrics',
      'Namespace',
      'Period',
      'Statistic',
      'Threshold',
      'TreatMissingData',
    ],
    withoutEffect: {
      'metrics have the unit that they are written with': ['Unit'],
      'percentiles are taken of however few samples': ['EvaluateLowSampleCountPercentile'],
      [NOT_BILLED]: ['Tags'],
    },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    honoured: [...ACTIONS, 'AlarmRule'],
    withoutEffect: { [NOT_BILLED]: ['Tags'] },
  },
  'AWS::CloudWatch::Dashboard': { honoured: ['DashboardBody', 'DashboardName'] },
} satisfies Record<string, PropertyTable>;

function alarmType(
  { region, accountId }: Ground,
  { alarms, now }: MonitoringAccount,
  read: (properties: Properties, place: AlarmPlace) => Alarm,
): ResourceType {
  const put = (name: string, properties: Properties) => {
    const arn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
    alarms.put(read(properties, { name, arn, now: now() }));
    return { physicalId: name, attributes: { Arn: arn } };
  };
  return {
    async create(properties, context) {
      const name = properties['AlarmName'];
      return put(typeof name === 'string' ? name : context.generateName(255), properties);
    },
    update: async (name, properties) => put(name, properties),
    async delete(name) {
      alarms.remove(name);
    },
  };
}

function dashboardType({ accountId }: Ground, { dashboards, now }: MonitoringAccount): ResourceType {
  const schema = z.object({ DashboardName: z.string().optional(), DashboardBody: z.string() });
  const put = (name: string, body: string) => {
    const arn = `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;
    dashboards.set(name, { name, arn, body, lastModified: now() });
    return { physicalId: name };
  };
  return {
    async create(properties, context) {
      const { DashboardName: name = context.generateName(255), DashboardBody } = schema.parse(properties);
      return put(name, DashboardBody);
    },
    update: async (name, properties) => put(name, schema.parse(properties).DashboardBody),
    async delete(name) {
      dashboards.delete(name);
    },
  };
}
