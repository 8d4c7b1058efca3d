import type { Story } from '../story.ts';
import { renderUsage } from './render-usage.ts';
import { tour } from './tour.ts';

export const permissionsStory: Story<void> = {
  name: 'permissions',
  summary: 'the engine does what it does, each call judged by the role that makes it; what was never needed is listed',
  tell: tour,
  report: ({ permissions }) => renderUsage(permissions),
};
