import type { Log } from '../../agent/log/agent-log.ts';
import type { EventEquipment } from '../../agent/loop/carry-out-event.ts';
import type { RevisionLocation } from '../../agent/protocol/revision-location.ts';
import type { Layout } from '../../agent/state/layout.ts';
import { Pointers } from '../../agent/state/pointers.ts';
import type { Terminal } from '../terminal.ts';
import type { LocalHost } from './host.ts';
import { localSources } from './sources.ts';

const SCRIPT_GRACE_MS = 5_000;

/** What the agent's events work with, on this machine. */
export async function equip(
  { config, env, place, workingDirectory }: LocalHost,
  layout: Layout,
  revision: RevisionLocation,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<Omit<EventEquipment, 'hookLogs'>> {
  return {
    layout,
    pointers: new Pointers(layout),
    place,
    sources: await localSources(config, revision.type, { env, signal }),
    maxRevisions: config.maxRevisions,
    enableDeploymentsLog: config.enableDeploymentsLog,
    scripts: { env, workingDirectory, graceMs: SCRIPT_GRACE_MS, log: notes(terminal), signal },
  };
}

/** What the agent would write into its log. */
function notes(terminal: Terminal): Log {
  const note: Log['warn'] = (message, fields = {}) => {
    const details = Object.entries(fields).map(([key, value]) => ` ${key}=${String(value)}`);
    terminal.note(`${message}${details.join('')}`);
  };
  return { debug: () => undefined, info: () => undefined, warn: note, error: note };
}
