import type { Operation } from './operation.ts';
import { pageOf } from './page.ts';

/** By name. */
export const listStateMachines: Operation = (input, { machines }) => {
  const sorted = [...machines.values()].sort((left, right) => left.name.localeCompare(right.name));
  const { items, nextToken } = pageOf(sorted, ({ arn }) => arn, input);
  const stateMachines = items.map(({ arn, name, createdAt }) => ({
    stateMachineArn: arn,
    name,
    type: 'STANDARD',
    creationDate: new Date(createdAt),
  }));
  return { stateMachines, nextToken };
};
