import type { Properties, ProvisionedResource, ResourceType } from '../../cloudformation/resource-type.ts';
import { readInput } from '../input.ts';
import type { LaunchTemplate, LaunchTemplateData, LaunchTemplates } from '../launch-templates.ts';
import { launchTemplateData } from '../launch-templates.ts';

const dataOf = ({ LaunchTemplateData: data }: Properties): LaunchTemplateData =>
  readInput(launchTemplateData, data, 'InvalidParameterValue');

const provisioned = ({ id, versions, defaultVersion }: LaunchTemplate): ProvisionedResource => ({
  physicalId: id,
  attributes: {
    LaunchTemplateId: id,
    LatestVersionNumber: String(versions.length),
    DefaultVersionNumber: String(defaultVersion),
  },
});

/** `AWS::EC2::LaunchTemplate`: an update adds a version; as on AWS it does not become the default one. */
export function launchTemplateResource(launchTemplates: LaunchTemplates): ResourceType {
  return {
    create: (properties, { generateName }) => {
      const name = properties['LaunchTemplateName'] ?? generateName(128);
      return Promise.resolve(provisioned(launchTemplates.create(String(name), dataOf(properties))));
    },
    update: (physicalId, properties) => {
      const template = launchTemplates.get({ id: physicalId });
      launchTemplates.addVersion(template, dataOf(properties));
      return Promise.resolve(provisioned(template));
    },
    delete: (physicalId) => {
      const template = launchTemplates.find({ id: physicalId });
      if (template) launchTemplates.delete(template);
      return Promise.resolve();
    },
  };
}
