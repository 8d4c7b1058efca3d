import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import { operation } from '../../logs/operation.ts';
import type { MonitoringAccount } from '../account.ts';

export const listDashboards = operation(
  z.object({ DashboardNamePrefix: z.string().default('') }),
  ({ DashboardNamePrefix }, { dashboards }: MonitoringAccount) => ({
    DashboardEntries: [...dashboards.values()]
      .filter(({ name }) => name.startsWith(DashboardNamePrefix))
      .map(({ name, arn, body, lastModified }) => ({
        DashboardName: name,
        DashboardArn: arn,
        LastModified: new Date(lastModified),
        Size: body.length,
      })),
  }),
);

/** @throws AwsError ResourceNotFound */
export const getDashboard = operation(
  z.object({ DashboardName: z.string() }),
  ({ DashboardName }, { dashboards }: MonitoringAccount) => {
    const found = dashboards.get(DashboardName);
    if (!found) throw new AwsError('ResourceNotFound', `Dashboard ${DashboardName} does not exist`, { status: 404 });
    return { DashboardName, DashboardArn: found.arn, DashboardBody: found.body };
  },
);
