import type { JournalEntry, Rehearsal } from '../rehearsal/index.ts';
import type { Narrator } from './narrator.ts';
import { formatOffset } from './timeline/format.ts';

const REFRESH_MS = 200;

/** Shows the rehearsed time and the newest thing that happened on the fleet while a story runs; the returned function ends it. */
export function showProgress(rehearsal: Rehearsal, narrator: Narrator): () => void {
  const startedAt = rehearsal.clock.now();
  let newest = '';
  const show = (): void => {
    narrator.progress(`${formatOffset(rehearsal.clock.now() - startedAt)} rehearsed · ${newest}`);
  };
  const unfollow = rehearsal.journal.follow((entry) => {
    newest = describe(entry) ?? newest;
  });
  const timer = setInterval(show, REFRESH_MS);
  return () => {
    clearInterval(timer);
    unfollow();
  };
}

function describe(entry: JournalEntry): string | undefined {
  switch (entry.kind) {
    case 'instance':
      return `${entry.instanceId} ${entry.lifecycleState}`;
    case 'lifecycleAction':
      return `${entry.instanceId} ${entry.event === 'completed' ? `${entry.result}` : entry.event} (${entry.lifecycleHookName})`;
    case 'console':
      return `${entry.instanceId} ${messageIn(entry.line)}`;
    case 'resource':
      return `${entry.stackName} ${entry.logicalId} ${entry.status}`;
    default:
      return undefined;
  }
}

/** Agents and functions log JSON; a person wants the message. */
function messageIn(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { message, event } = JSON.parse(line) as { message?: unknown; event?: unknown };
    if (typeof message !== 'string') return line;
    return typeof event === 'string' ? `${event}: ${message}` : message;
  } catch {
    return line;
  }
}
