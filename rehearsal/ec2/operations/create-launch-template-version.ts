import { z } from 'zod';
import { launchTemplateInput, launchTemplateVersionView } from '../launch-template-view.ts';
import { versionOf } from '../launch-templates.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  LaunchTemplateId: z.string().optional(),
  LaunchTemplateName: z.string().optional(),
  SourceVersion: z.string().optional(),
  VersionDescription: z.string().optional(),
  LaunchTemplateData: launchTemplateInput,
});

/** Adds a version to a launch template; what it leaves out comes from the source version, if one is named. */
export const createLaunchTemplateVersion = operation(rules, (input, { launchTemplates }) => {
  const template = launchTemplates.get({ id: input.LaunchTemplateId, name: input.LaunchTemplateName });
  const source = input.SourceVersion === undefined ? {} : versionOf(template, input.SourceVersion).data;
  const data = { ...source, ...input.LaunchTemplateData };
  return {
    launchTemplateVersion: launchTemplateVersionView(
      template,
      launchTemplates.addVersion(template, data, input.VersionDescription),
    ),
  };
});
