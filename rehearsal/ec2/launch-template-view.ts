import { z } from 'zod';
import { launchTemplateData, type LaunchTemplate, type LaunchTemplateVersion } from './launch-templates.ts';
import { tagSet } from './operation.ts';

/** Template data as the EC2 protocol spells it (`SecurityGroupId.1`, `TagSpecification.1.Tag.1`), read as a template's. */
export const launchTemplateInput = z.preprocess((input) => {
  if (typeof input !== 'object' || input === null) return input;
  const { SecurityGroupId, TagSpecification, ...rest } = input as Record<string, unknown>;
  return {
    ...rest,
    ...(SecurityGroupId !== undefined && { SecurityGroupIds: SecurityGroupId }),
    ...(Array.isArray(TagSpecification) && {
      TagSpecifications: TagSpecification.map(({ ResourceType, Tag }: Record<string, unknown>) => ({
        ResourceType,
        Tags: Tag ?? [],
      })),
    }),
  };
}, launchTemplateData);

export function launchTemplateView(template: LaunchTemplate) {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    createTime: new Date(template.createdAtMs),
    defaultVersionNumber: template.defaultVersion,
    latestVersionNumber: template.versions.length,
    tagSet: tagSet(template.tags),
  };
}

export function launchTemplateVersionView(template: LaunchTemplate, version: LaunchTemplateVersion) {
  const { ImageId, InstanceType, UserData, IamInstanceProfile, SecurityGroupIds, TagSpecifications } = version.data;
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: version.number,
    versionDescription: version.description,
    createTime: new Date(version.createdAtMs),
    defaultVersion: version.number === template.defaultVersion,
    launchTemplateData: {
      imageId: ImageId,
      instanceType: InstanceType,
      userData: UserData,
      iamInstanceProfile: IamInstanceProfile && { arn: IamInstanceProfile.Arn, name: IamInstanceProfile.Name },
      securityGroupIdSet: SecurityGroupIds,
      tagSpecificationSet: TagSpecifications?.map(({ ResourceType, Tags }) => ({
        resourceType: ResourceType,
        tagSet: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
      })),
    },
  };
}
