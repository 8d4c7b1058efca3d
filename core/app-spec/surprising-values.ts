import type { Finding } from './finding.ts';
import { warning } from './finding.ts';
import { leavesTheRevision } from './leaves-the-revision.ts';
import type { MapPlace, Place, ScalarPlace } from './yaml-place.ts';
import { mapsIn } from './yaml-place.ts';

/** What CodeDeploy promises the scripts of one lifecycle event together. */
const LONGEST_EVENT_SECONDS = 3600;

/** Values that are legal and mean something else than they seem to, here or under AWS's agent. */
export function* surprisingValues({ entries }: MapPlace): Generator<Finding> {
  for (const mapping of mapsIn(entries.get('files'))) yield* surprisingFile(mapping);
  for (const permission of mapsIn(entries.get('permissions'))) yield* surprisingPermission(permission);
  const hooks = entries.get('hooks');
  if (hooks?.kind !== 'map') return;
  for (const [event, scripts] of hooks.entries) {
    for (const script of mapsIn(scripts)) yield* surprisingScript(script);
    const seconds = mapsIn(scripts)
      .map(writtenTimeout)
      .reduce((sum, timeout) => sum + timeout, 0);
    if (seconds <= LONGEST_EVENT_SECONDS) continue;
    const message = `The timeouts of ${event} add up to ${seconds} seconds; CodeDeploy ends an event after ${LONGEST_EVENT_SECONDS}.`;
    yield warning(scripts, message, `keep the sum at or below ${LONGEST_EVENT_SECONDS}`);
  }
}

function* surprisingFile({ entries }: MapPlace): Generator<Finding> {
  const [source, destination] = [scalar(entries.get('source')), scalar(entries.get('destination'))];
  if (source && leavesTheRevision(source.written)) {
    const message = `The source ${source.written} leads out of the revision: what it means depends on the host.`;
    yield warning(source, message, 'name a path inside the revision, without ".."');
  }
  if (destination && !destination.written.startsWith('/')) {
    const message = `The destination ${destination.written} is relative: it counts from the agent's working directory, here "/".`;
    yield warning(destination, message, `write an absolute path, such as /${destination.written}`);
  }
}

function* surprisingPermission({ entries }: MapPlace): Generator<Finding> {
  const mode = scalar(entries.get('mode'));
  if (mode && isOctalNumber(mode)) {
    const decimal = String(mode.value);
    const consequence = /[89]/.test(decimal) ? 'and refuses it' : 'as a mode';
    const message = `YAML 1.1 reads the unquoted ${mode.written} as an octal number: AWS's agent takes ${decimal} ${consequence}. Slipway's agent sets ${mode.written}.`;
    yield warning(mode, message, `write it in quotes: "${mode.written}"`);
  }
  const context = entries.get('context');
  if (context?.kind === 'map' && context.entries.has('type') && !context.entries.has('range')) {
    yield warning(context, "AWS's agent fails in Install when a context has no range.", 'add "range: s0"');
  }
}

function* surprisingScript({ entries }: MapPlace): Generator<Finding> {
  const [timeout, sudo, runas] = ['timeout', 'sudo', 'runas'].map((key) => scalar(entries.get(key)));
  if (timeout && secondsOf(timeout) > 0 && !/^\d+$/.test(String(timeout.value))) {
    const message = `The timeout ${timeout.written} counts as ${secondsOf(timeout)} seconds.`;
    yield warning(timeout, message, 'write whole seconds, without a unit');
  }
  if (sudo && typeof sudo.value !== 'boolean') {
    const message = `"sudo: ${sudo.written}" means yes, as does anything but a plain false.`;
    yield warning(sudo, message, 'write true or false, without quotes');
  }
  if (runas?.value === '') {
    yield warning(runas, "An empty runas is root to AWS's agent, and as if absent here.", 'name a user, or remove it');
  }
}

/** Only what is written counts: without a timeout every second script would exceed the limit. */
function writtenTimeout({ entries }: MapPlace): number {
  const timeout = scalar(entries.get('timeout'));
  return timeout ? Math.max(0, secondsOf(timeout)) : 0;
}

function secondsOf({ value }: ScalarPlace): number {
  return (typeof value === 'number' ? Math.trunc(value) : parseInt(String(value), 10)) || 0;
}

function isOctalNumber({ written, value }: ScalarPlace): boolean {
  return typeof value === 'number' && /^0[0-7]+$/.test(written) && String(value) !== written.replace(/^0+(?=.)/, '');
}

function scalar(place: Place | undefined): ScalarPlace | undefined {
  return place?.kind === 'scalar' ? place : undefined;
}
