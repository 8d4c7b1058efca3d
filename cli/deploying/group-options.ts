import type { DeploymentGroupName } from '../../core/names.ts';
import { UsageError } from '../command.ts';

/** Options that name a deployment group. */
export const GROUP_OPTIONS = {
  application: { type: 'string', short: 'a' },
  group: { type: 'string', short: 'g' },
} as const;

interface GroupValues {
  readonly application?: string | undefined;
  readonly group?: string | undefined;
}

/** @throws UsageError naming what is missing */
export function requireGroup({ application, group }: GroupValues): DeploymentGroupName {
  if (application === undefined || application === '') throw new UsageError('--application NAME is missing');
  if (group === undefined || group === '') throw new UsageError('--group NAME is missing');
  return { applicationName: application, deploymentGroupName: group };
}
