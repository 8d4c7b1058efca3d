import { HOOK_SCRIPT_EVENTS } from '../lifecycle-event.ts';
import { nearestName } from '../nearest-name.ts';
import type { Finding } from './finding.ts';
import { warning } from './finding.ts';
import type { KeyPlace, MapPlace } from './yaml-place.ts';
import { mapsIn } from './yaml-place.ts';

const KEYS = {
  'the AppSpec': ['version', 'os', 'files', 'permissions', 'hooks', 'file_exists_behavior'],
  'an entry of files': ['source', 'destination'],
  'a permission': ['object', 'pattern', 'except', 'type', 'owner', 'group', 'mode', 'acls', 'context'],
  'a context': ['name', 'type', 'range'],
  'a hook script': ['location', 'timeout', 'runas', 'sudo'],
} as const;

/** Events of every deployment that the agent carries out itself. */
const OWN_EVENTS = ['DownloadBundle', 'Install'];

/** Keys that are read over in silence: unknown ones, and all but the last of equal ones. */
export function* surprisingKeys(file: MapPlace): Generator<Finding> {
  yield* unknownKeys(file, 'the AppSpec');
  for (const entry of mapsIn(file.entries.get('files'))) yield* unknownKeys(entry, 'an entry of files');
  for (const entry of mapsIn(file.entries.get('permissions'))) {
    yield* unknownKeys(entry, 'a permission');
    const context = entry.entries.get('context');
    if (context?.kind === 'map') yield* unknownKeys(context, 'a context');
  }
  const hooks = file.entries.get('hooks');
  if (hooks?.kind === 'map') yield* surprisingEvents(hooks);
}

function* surprisingEvents(hooks: MapPlace): Generator<Finding> {
  yield* repeatedKeys(hooks, 'the hooks section');
  for (const event of hooks.keys) yield* surprisingEvent(event);
  for (const scripts of hooks.entries.values()) {
    for (const script of mapsIn(scripts)) yield* unknownKeys(script, 'a hook script');
  }
}

function* surprisingEvent(event: KeyPlace): Generator<Finding> {
  const { name } = event;
  if ((HOOK_SCRIPT_EVENTS as readonly string[]).includes(name)) return;
  if (OWN_EVENTS.includes(name)) {
    const remedy = 'move the scripts to BeforeInstall or AfterInstall';
    yield warning(event, `The agent carries out ${name} itself: scripts under it never run.`, remedy);
    return;
  }
  yield warning(
    event,
    `There is no lifecycle event ${name}: its scripts never run in a deployment.`,
    suggestion(name, HOOK_SCRIPT_EVENTS) ?? `use one of ${HOOK_SCRIPT_EVENTS.join(', ')}`,
  );
}

function* unknownKeys(map: MapPlace, what: keyof typeof KEYS): Generator<Finding> {
  yield* repeatedKeys(map, what);
  const known: readonly string[] = KEYS[what];
  for (const key of map.keys) {
    if (known.includes(key.name)) continue;
    const remedy = suggestion(key.name, known) ?? `remove it: ${what} has the keys ${known.join(', ')}`;
    yield warning(key, `The key ${key.name} means nothing in ${what} and is ignored.`, remedy);
  }
}

function* repeatedKeys({ keys }: MapPlace, what: string): Generator<Finding> {
  for (const [index, key] of keys.entries()) {
    const later = keys.slice(index + 1).find(({ name }) => name === key.name);
    if (!later) continue;
    const message = `The key ${key.name} stands twice in ${what}: only the one in line ${later.line} counts.`;
    yield warning(key, message, 'join both under one key');
  }
}

function suggestion(written: string, known: readonly string[]): string | undefined {
  const name = nearestName(written, known);
  return name === undefined ? undefined : `did you mean ${name}?`;
}
