import type { Assemblies } from '../../stories/assemblies.ts';
import { percentile } from '../statistics.ts';
import { measureFallback, measureHeldLaunches } from './failing-launches.ts';
import { measureSilence, type Silence, SILENCE_LIMIT_MINUTES } from './silent-hosts.ts';

/** Measures how soon what goes wrong is noticed. @returns lines for a person */
export async function measureTrouble(assemblies: Assemblies, isShort: boolean): Promise<string[]> {
  const hosts = isShort ? 3 : 20;
  const fallback = await measureFallback(assemblies);
  const held = await measureHeldLaunches(assemblies);
  return [
    silenceLine('from the start', await measureSilence(assemblies, 'from the start', hosts)),
    silenceLine('in the middle', await measureSilence(assemblies, 'in the middle', hosts)),
    `  third launch that fails → launches held       ${milliseconds(held.untilHeld)}, people told ${milliseconds(held.untilTold)}`,
    `  third launch that fails → back to the last good revision, people told ${milliseconds(fallback.untilTold)}`,
  ];
}

function silenceLine(silence: Silence, times: readonly number[]): string {
  // A host at work says every minute that it lives: it may have been about to.
  const allowed = `limit ${SILENCE_LIMIT_MINUTES} min${silence === 'in the middle' ? ', and 1 min between two signs of life' : ''}`;
  const [median, worst] = [percentile(times, 0.5), percentile(times, 0.99)].map(minutes);
  return `  silent ${silence.padEnd(14)} → action ended   p50 ${median}  p99 ${worst}  (n = ${times.length}; ${allowed})`;
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? 'never' : `${value.toFixed(0)} ms`;
}
