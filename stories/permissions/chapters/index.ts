import type { Chapter } from '../chapter.ts';
import { aborts } from './aborts.ts';
import { bornMeanwhile } from './born-meanwhile.ts';
import { dailyExamination } from './daily-examination.ts';
import { groupChanges } from './group-changes.ts';
import { heldUntilDeclared, heldUntilResumed, heldUntilRolledOut, lateNews, lateSuccess } from './held-launches.ts';
import { hooksMended } from './hooks-mended.ts';
import { launches } from './launches.ts';
import { lostAlone, lostToAFleet, lostToAnAbort } from './lost-standby.ts';
import { nextRevision } from './next-revision.ts';
import { realHosts } from './real-hosts.ts';
import { deadAgent } from './dead-agent.ts';
import { declaredRevisions, joinedRollout, orderedRevisions } from './revisions.ts';
import { rollouts } from './rollouts.ts';
import { strangers } from './strangers.ts';
import { triggers } from './triggers.ts';
import { withdrawnGroup } from './withdrawn-group.ts';

/** What `npm start -- permissions` tells, one after the other on the same fleet. */
export const TOUR_CHAPTERS: readonly Chapter[] = [
  strangers,
  groupChanges,
  launches,
  rollouts,
  nextRevision,
  hooksMended,
  triggers,
  aborts,
];

/** What `npm run permissions` tells besides, each chapter on a fleet of its own. */
export const CHAPTERS: readonly Chapter[] = [
  ...TOUR_CHAPTERS,
  bornMeanwhile,
  deadAgent,
  lostToAFleet,
  lostAlone,
  lostToAnAbort,
  heldUntilRolledOut,
  heldUntilDeclared,
  heldUntilResumed,
  lateSuccess,
  lateNews,
  orderedRevisions,
  declaredRevisions,
  joinedRollout,
  withdrawnGroup,
  dailyExamination,
  realHosts,
];
