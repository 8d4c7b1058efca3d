import { z } from 'zod';
import { launchTemplateView } from '../launch-template-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({ LaunchTemplateId: z.string().optional(), LaunchTemplateName: z.string().optional() });

/** Forgets a launch template and all its versions; instances that came from it go on. */
export const deleteLaunchTemplate = operation(rules, (input, { launchTemplates }) => {
  const template = launchTemplates.get({ id: input.LaunchTemplateId, name: input.LaunchTemplateName });
  launchTemplates.delete(template);
  return { launchTemplate: launchTemplateView(template) };
});
