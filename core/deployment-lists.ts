/**
 * The indexes of the table in which deployments are listed, and the attribute that says in which list an item stands.
 * All of them sort by `createdAs`.
 */
export const LISTS = {
  ofGroup: { index: 'DeploymentsOfGroup', list: 'ofGroup' },
  ofAccount: { index: 'DeploymentsOfAccount', list: 'ofAccount' },
} as const;

/** The index that has all targets by host, in the order in which they were opened. */
export const TARGETS_OF_HOST = { index: 'TargetsOfHost', list: 'instanceId', sortedBy: 'openedAt' } as const;
