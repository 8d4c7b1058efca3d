import type { HookScript } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import type { Position } from './position.ts';
import type { Report } from './report.ts';
import { attempt, readEach } from './report.ts';
import { listOf, mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';

const DEFAULT_TIMEOUT_SECONDS = 3600;

/** Reads the `hooks` section. Events the agent does not know are kept: whoever runs events decides which exist. */
export function parseHooks(section: Place | undefined, report: Report): Map<string, HookScript[]> {
  const events = [...mapOf(section, 'the hooks section').entries];
  return new Map(
    events
      .filter(([, scripts]) => scripts.kind !== 'nothing')
      .map(([event, scripts]) => [event, parseScriptsOf(event, scripts, report)]),
  );
}

function parseScriptsOf(event: string, scripts: Place, report: Report): HookScript[] {
  const places = attempt(() => listOf(scripts, `the scripts of ${event}`), report);
  return readEach(places ?? [], parseHookScript, report);
}

function parseHookScript(place: Place, report: Report): HookScript | undefined {
  const { entries, line, column } = mapOf(place, 'a hook script');
  const location = attempt(() => parseLocation(entries.get('location'), place), report);
  const timeoutSeconds = attempt(() => parseTimeout(entries.get('timeout')), report);
  // AWS's agent hands an empty user to su, which then means root, the agent's own user.
  const runas = attempt(() => textOf(entries.get('runas'), 'the runas of a hook script')?.trim(), report);
  if (location === undefined) return undefined;
  return {
    location,
    timeoutSeconds: timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    ...(runas ? { runas } : {}),
    sudo: isTruthy(entries.get('sudo')),
    line,
    column,
  };
}

function parseLocation(place: Place | undefined, script: Position): string {
  const location = textOf(place, 'the location of a hook script')?.trim();
  if (location) return location;
  throw new AppSpecError(
    'The deployment failed because the application specification file specifies a script with no location value. Specify the location in the hooks section of the AppSpec file, and then try again.',
    script,
    'add "location:", the path of the script inside the revision',
  );
}

/** The leading integer counts, as in AWS's agent: `1.9` is one second, `5m` is five. */
function parseTimeout(place: Place | undefined): number {
  if (!place || place.kind === 'nothing') return DEFAULT_TIMEOUT_SECONDS;
  const value = place.kind === 'scalar' ? place.value : undefined;
  const seconds = typeof value === 'number' ? Math.trunc(value) : parseInt(String(value), 10);
  if (seconds > 0 && Number.isSafeInteger(seconds)) return seconds;
  throw new AppSpecError(
    'The deployment failed because an invalid timeout value was provided for a script in the application specification file. Make corrections in the hooks section of the AppSpec file, and then try again.',
    place,
    'write a whole number of seconds, at least 1',
  );
}

/** AWS's agent takes anything but `false` and nothing for yes, the text 'false' included. */
function isTruthy(place: Place | undefined): boolean {
  if (!place || place.kind === 'nothing') return false;
  return place.kind !== 'scalar' || place.value !== false;
}
