import type { StatementUse } from '../../rehearsal/index.ts';

/** What the templates grant and this run did not need, statement by statement, in words for a terminal. */
export function renderUsage(uses: readonly StatementUse[]): string {
  const granted = uses.filter(({ effect }) => effect === 'Allow');
  const idle = granted.filter(isIdle);
  const used = granted.length - granted.filter(({ calls }) => calls === 0).length;
  const head = `Permissions: ${used} of ${granted.length} statements that allow something were needed.`;
  return [head, ...idle.map(renderIdle)].join('\n');
}

/** Whether something in a statement was never needed: all of it, or one of its actions or resources. */
const isIdle = ({ calls, unusedActions, unusedResources }: StatementUse): boolean =>
  calls === 0 || unusedActions.length > 0 || unusedResources.length > 0;

function renderIdle({ policyId, index, calls, unusedActions, unusedResources }: StatementUse): string {
  const never = calls === 0 ? unusedActions : [...unusedActions, ...unusedResources];
  return `  ${policyId} #${index + 1}: never needed ${never.join(', ')}`;
}
