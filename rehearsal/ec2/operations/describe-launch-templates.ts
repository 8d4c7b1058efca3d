import { z } from 'zod';
import { filters, passes, tagFilter } from '../filters.ts';
import { texts } from '../input.ts';
import { launchTemplateView } from '../launch-template-view.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  LaunchTemplateId: texts.default([]),
  LaunchTemplateName: texts.default([]),
  Filter: filters,
});

/** Launch templates by id, by name, or all. @throws AwsError for one that does not exist */
export const describeLaunchTemplates = operation(rules, (input, { launchTemplates }) => {
  const named = [
    ...input.LaunchTemplateId.map((id) => launchTemplates.get({ id })),
    ...input.LaunchTemplateName.map((name) => launchTemplates.get({ name })),
  ];
  const shown = (named.length > 0 ? named : launchTemplates.list()).filter(({ name: templateName, tags }) =>
    passes(input.Filter, (name) => (name === 'launch-template-name' ? [templateName] : tagFilter(name, tags))),
  );
  return { launchTemplates: shown.map(launchTemplateView) };
});
