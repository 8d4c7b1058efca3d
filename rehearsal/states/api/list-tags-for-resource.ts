import { faults } from './faults.ts';
import type { Operation } from './operation.ts';

/** @throws ResourceNotFound */
export const listTagsForResource: Operation = (input, { machines }) => {
  const arn = input.arn('resourceArn');
  const machine = machines.get(arn);
  if (!machine) throw faults.resourceNotFound(arn);
  return { tags: [...machine.tags].map(([key, value]) => ({ key, value })) };
};
