import { badRevisionStory } from './bad-revision-story.ts';
import { bornStory } from './born-story.ts';
import { cdkDeployStory } from './cdk-deploy-story.ts';
import { deadlineStory } from './deadline-story.ts';
import { doctorStory } from './doctor-story.ts';
import { explainStory } from './explain-story.ts';
import { launchesAndTerminations } from './fleet-story.ts';
import { leavingStory } from './leaving-story.ts';
import { permissionsStory } from './permissions/permissions-story.ts';
import { rollingStory } from './rolling-story.ts';
import { severalGroupsStory } from './several-groups-story.ts';
import { silentStory } from './silent-story.ts';
import type { Story } from './story.ts';
import { warmPoolStory } from './warm-pool-story.ts';

/** Every story, in the order of the help text; the first is told when none is named. */
export const STORIES: readonly Story[] = [
  launchesAndTerminations,
  rollingStory,
  leavingStory,
  bornStory,
  cdkDeployStory,
  badRevisionStory,
  severalGroupsStory,
  silentStory,
  deadlineStory,
  warmPoolStory,
  doctorStory,
  explainStory,
  permissionsStory,
];

/** @returns undefined when there is no story of this name */
export function storyNamed(name: string): Story | undefined {
  return STORIES.find((story) => story.name === name);
}
