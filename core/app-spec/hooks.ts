import type { HookScript } from './app-spec.ts';
import { AppSpecError } from './app-spec-error.ts';
import { listOf, mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';

const DEFAULT_TIMEOUT_SECONDS = 3600;

/** Reads the `hooks` section. Events the agent does not know are kept: whoever runs events decides which exist. */
export function parseHooks(section: Place | undefined): Map<string, HookScript[]> {
  const events = [...mapOf(section, 'the hooks section').entries];
  return new Map(
    events
      .filter(([, scripts]) => scripts.kind !== 'nothing')
      .map(([event, scripts]) => [event, listOf(scripts, `the scripts of ${event}`).map(parseHookScript)]),
  );
}

function parseHookScript(place: Place): HookScript {
  const { entries, line } = mapOf(place, 'a hook script');
  const location = textOf(entries.get('location'), 'the location of a hook script')?.trim();
  if (!location) {
    throw new AppSpecError(
      'The deployment failed because the application specification file specifies a script with no location value. Specify the location in the hooks section of the AppSpec file, and then try again.',
      line,
      'add "location:", the path of the script inside the revision',
    );
  }
  // AWS's agent hands an empty user to su, which then means root, the agent's own user.
  const runas = textOf(entries.get('runas'), 'the runas of a hook script')?.trim();
  return {
    location,
    timeoutSeconds: parseTimeout(entries.get('timeout')),
    ...(runas ? { runas } : {}),
    sudo: isTruthy(entries.get('sudo')),
    line,
  };
}

/** The leading integer counts, as in AWS's agent: `1.9` is one second, `5m` is five. */
function parseTimeout(place: Place | undefined): number {
  if (!place || place.kind === 'nothing') return DEFAULT_TIMEOUT_SECONDS;
  const value = place.kind === 'scalar' ? place.value : undefined;
  const seconds = typeof value === 'number' ? Math.trunc(value) : parseInt(String(value), 10);
  if (seconds > 0 && Number.isSafeInteger(seconds)) return seconds;
  throw new AppSpecError(
    'The deployment failed because an invalid timeout value was provided for a script in the application specification file. Make corrections in the hooks section of the AppSpec file, and then try again.',
    place.line,
    'write a whole number of seconds, at least 1',
  );
}

/** AWS's agent takes anything but `false` and nothing for yes, the text 'false' included. */
function isTruthy(place: Place | undefined): boolean {
  if (!place || place.kind === 'nothing') return false;
  return place.kind !== 'scalar' || place.value !== false;
}
