import { UnsupportedResource } from './integrations/integrations.ts';
import type { TaskServices } from './integrations/integration.ts';
import type { Definition, StateList } from './language/definition.ts';
import { InvalidDefinition } from './language/diagnostics.ts';
import type { Diagnostic } from './language/diagnostics.ts';
import { parseDefinition } from './language/parse-definition.ts';

/**
 * Reads a definition and gets every service ready that its tasks name.
 * @throws InvalidDefinition, also for a resource that cannot be played
 */
export async function acceptDefinition(text: string, integrations: TaskServices): Promise<Definition> {
  const definition = parseDefinition(text);
  const problems: Diagnostic[] = [];
  await prepareTasks(definition, '', integrations, problems);
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return definition;
}

async function prepareTasks(
  list: StateList,
  path: string,
  integrations: TaskServices,
  problems: Diagnostic[],
): Promise<void> {
  for (const [name, state] of list.states) {
    const location = `${path}/States/${name}`;
    if (state.type === 'Task') {
      await integrations.prepare(state.resource).catch((fault: unknown) => {
        if (!(fault instanceof UnsupportedResource)) throw fault;
        const { message } = fault;
        problems.push({
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message,
          location: `${location}/Resource`,
        });
      });
    }
    if (state.type === 'Map') await prepareTasks(state.processor, `${location}/ItemProcessor`, integrations, problems);
    if (state.type !== 'Parallel') continue;
    for (const [index, branch] of state.branches.entries()) {
      await prepareTasks(branch, `${location}/Branches[${index}]`, integrations, problems);
    }
  }
}
