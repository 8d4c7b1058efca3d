import type { JournalEntry, Rehearsal } from '../rehearsal/index.ts';
import type { Narrator } from './narrator.ts';

/** Shows the newest thing that happened on the fleet while a story runs; the returned function ends it. */
export function showProgress(rehearsal: Rehearsal, narrator: Narrator): () => void {
  return rehearsal.journal.follow((entry) => {
    const text = describe(entry);
    if (text !== undefined) narrator.progress(text);
  });
}

function describe(entry: JournalEntry): string | undefined {
  switch (entry.kind) {
    case 'instance':
      return `${entry.instanceId} ${entry.lifecycleState}`;
    case 'lifecycleAction':
      return `${entry.instanceId} ${entry.event === 'completed' ? `${entry.result}` : entry.event} (${entry.lifecycleHookName})`;
    case 'console':
      return `${entry.instanceId} ${entry.line}`;
    case 'resource':
      return `${entry.stackName} ${entry.logicalId} ${entry.status}`;
    case 'transition':
      return entry.stateName;
    default:
      return undefined;
  }
}
