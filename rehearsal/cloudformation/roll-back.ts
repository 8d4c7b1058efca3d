import {
  DeploymentFailed,
  deleteLeftovers,
  type DeploymentOptions,
  deployResources,
  type Leftover,
} from './deployment.ts';

/**
 * Brings a stack back to the template it had. What was replaced comes back before anything refers to it, what the failed
 * update has made goes in the end. CloudFormation does not document in which order it updates resources back; here they
 * go in the order of their dependencies, as in any update.
 * @param plan by the template before
 * @throws Error naming the resource that could not be brought back
 */
export async function rollBack(plan: DeploymentOptions, failure: unknown): Promise<void> {
  const { stack } = plan;
  const replaced = failure instanceof DeploymentFailed ? failure.replaced : [];
  const leftovers: Leftover[] = [];
  for (const before of replaced) {
    const replacement = stack.resources.get(before.logicalId);
    stack.resources.set(before.logicalId, before);
    if (replacement) leftovers.push({ resource: replacement, retained: false });
  }
  await deployResources(plan);
  await deleteLeftovers(leftovers, plan);
}
