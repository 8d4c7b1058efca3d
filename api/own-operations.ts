import { examine, mendFindings } from './examination/examination-operations.ts';
import { explain } from './explain/explain.ts';
import { describeLaunches, resumeLaunches } from './launches/launches-operation.ts';

/** Prefix of the targets of operations that CodeDeploy does not have: `Slipway_20261122.ResumeLaunches`. */
export const OWN_TARGET_PREFIX = 'Slipway_20261122.';

/** What only Slipway's own command line asks for. */
export const ownOperations = {
  DescribeLaunches: describeLaunches,
  ResumeLaunches: resumeLaunches,
  Examine: examine,
  MendFindings: mendFindings,
  Explain: explain,
};
