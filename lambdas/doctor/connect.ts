import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

import { AwsGroupSurvey } from '../../adapters/auto-scaling/group-survey.ts';
import { TableApplications } from '../../adapters/table/applications.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentList } from '../../adapters/table/deployment-list.ts';
import { TableFleetTargets } from '../../adapters/table/fleet-targets.ts';
import { TableHookSharers } from '../../adapters/table/hook-sharers.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableNamedGroups } from '../../adapters/table/named-groups.ts';
import type { ExaminationPorts } from '../../api/examination/observe.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** What the daily examination reads from, on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): { ports: ExaminationPorts; telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE, SLIPWAY_LIFECYCLE_QUEUE_ARN, SLIPWAY_HOOK_ROLE_ARN } = readEnvironment(environment, [
    'SLIPWAY_TABLE',
    'SLIPWAY_LIFECYCLE_QUEUE_ARN',
    'SLIPWAY_HOOK_ROLE_ARN',
  ] as const);
  const table = connectTable(SLIPWAY_TABLE);
  return {
    ports: {
      applications: new TableApplications(table),
      namedGroups: new TableNamedGroups(table),
      deploymentList: new TableDeploymentList(table),
      fleetTargets: new TableFleetTargets(table),
      hookSharers: new TableHookSharers(table),
      hosts: new TableHosts(table, Date.now),
      groupSurvey: new AwsGroupSurvey(new AutoScalingClient({})),
      hookTarget: { lifecycleQueueArn: SLIPWAY_LIFECYCLE_QUEUE_ARN, hookRoleArn: SLIPWAY_HOOK_ROLE_ARN },
    },
    telemetry: new PowertoolsTelemetry(),
  };
}
