import { z } from 'zod';
import { notPlayed } from '../faults.ts';
import { operation } from '../operation.ts';

const refuses = (feature: string) =>
  operation(z.looseObject({}), () => {
    throw notPlayed(feature);
  });

/** Operations of features that a rehearsal does not have: they say so, rather than succeed at nothing. */
export const unplayed = {
  StartInstanceRefresh: refuses('instance refreshes'),
  DescribeInstanceRefreshes: refuses('instance refreshes'),
  CancelInstanceRefresh: refuses('instance refreshes'),
  RollbackInstanceRefresh: refuses('instance refreshes'),
};
