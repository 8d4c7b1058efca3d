import type { Story } from '../story.ts';
import { renderUsage } from './render-usage.ts';
import { tour } from './tour.ts';

export const permissionsStory: Story<void> = {
  name: 'permissions',
  summary: 'the engine does what it does, each call judged by the role that makes it; what was never needed is listed',
  tell: (stage) => tour({ ...stage, nextAssembly: () => stage.assemblies.withVersion('web-app', '2.0.0') }),
  report: ({ permissions }) => renderUsage(permissions),
};
