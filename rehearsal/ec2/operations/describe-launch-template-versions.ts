import { z } from 'zod';
import { texts } from '../input.ts';
import { launchTemplateVersionView } from '../launch-template-view.ts';
import { versionOf } from '../launch-templates.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  LaunchTemplateId: z.string().optional(),
  LaunchTemplateName: z.string().optional(),
  LaunchTemplateVersion: texts.default([]),
});

/** Versions of one launch template, the newest first unless they are named. */
export const describeLaunchTemplateVersions = operation(rules, (input, { launchTemplates }) => {
  const template = launchTemplates.get({ id: input.LaunchTemplateId, name: input.LaunchTemplateName });
  const wanted = input.LaunchTemplateVersion.map((version) => versionOf(template, version));
  const versions = wanted.length > 0 ? wanted : template.versions.toReversed();
  return { launchTemplateVersionSet: versions.map((version) => launchTemplateVersionView(template, version)) };
});
