import { z } from 'zod';
import { launchTemplateView } from '../launch-template-view.ts';
import { versionOf } from '../launch-templates.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  LaunchTemplateId: z.string().optional(),
  LaunchTemplateName: z.string().optional(),
  SetDefaultVersion: z.string(),
});

/** Chooses the version that `$Default` means. @throws AwsError InvalidLaunchTemplateId.VersionNotFound */
export const modifyLaunchTemplate = operation(rules, (input, { launchTemplates }) => {
  const template = launchTemplates.get({ id: input.LaunchTemplateId, name: input.LaunchTemplateName });
  template.defaultVersion = versionOf(template, input.SetDefaultVersion).number;
  return { launchTemplate: launchTemplateView(template) };
});
