import { z } from 'zod';
import { launchTemplateInput, launchTemplateView } from '../launch-template-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  LaunchTemplateName: z.string().min(3).max(128),
  VersionDescription: z.string().optional(),
  LaunchTemplateData: launchTemplateInput,
});

/** Creates a launch template with its first version. @throws AwsError InvalidLaunchTemplateName.AlreadyExistsException */
export const createLaunchTemplate = operation(rules, (input, { launchTemplates }) => ({
  launchTemplate: launchTemplateView(
    launchTemplates.create(input.LaunchTemplateName, input.LaunchTemplateData, input.VersionDescription),
  ),
}));
