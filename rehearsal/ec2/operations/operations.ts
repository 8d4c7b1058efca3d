import { createLaunchTemplateVersion } from './create-launch-template-version.ts';
import { createLaunchTemplate } from './create-launch-template.ts';
import { createTags } from './create-tags.ts';
import { deleteLaunchTemplate } from './delete-launch-template.ts';
import { deleteTags } from './delete-tags.ts';
import { describeAvailabilityZones } from './describe-availability-zones.ts';
import { describeInstanceStatus } from './describe-instance-status.ts';
import { describeInstances } from './describe-instances.ts';
import { describeLaunchTemplateVersions } from './describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './describe-launch-templates.ts';
import { describeSecurityGroups } from './describe-security-groups.ts';
import { describeSubnets } from './describe-subnets.ts';
import { describeTags } from './describe-tags.ts';
import { describeVpcs } from './describe-vpcs.ts';
import { modifyLaunchTemplate } from './modify-launch-template.ts';
import { rebootInstances } from './reboot-instances.ts';
import { startInstances } from './start-instances.ts';
import { stopInstances } from './stop-instances.ts';
import { terminateInstances } from './terminate-instances.ts';
import type { Ec2Operation } from '../operation.ts';

/** By name, as the EC2 API Reference spells it; any other is `InvalidAction`. */
export const operations: Readonly<Record<string, Ec2Operation>> = {
  CreateLaunchTemplateVersion: createLaunchTemplateVersion,
  CreateLaunchTemplate: createLaunchTemplate,
  CreateTags: createTags,
  DeleteLaunchTemplate: deleteLaunchTemplate,
  DeleteTags: deleteTags,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstances: describeInstances,
  DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
  DescribeLaunchTemplates: describeLaunchTemplates,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVpcs: describeVpcs,
  ModifyLaunchTemplate: modifyLaunchTemplate,
  RebootInstances: rebootInstances,
  StartInstances: startInstances,
  StopInstances: stopInstances,
  TerminateInstances: terminateInstances,
};
