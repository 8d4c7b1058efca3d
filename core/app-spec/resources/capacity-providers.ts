import { AppSpecError } from '../app-spec-error.ts';
import type { Report } from '../report.ts';
import { readEach } from '../report.ts';
import { listOf, mapOf, textOf } from '../shapes.ts';
import type { MapPlace, Place } from '../yaml-place.ts';
import { memberOf, requiredText } from './members.ts';

/**
 * Checks where the tasks of a service run:
 *
 *     CapacityProviderStrategy:
 *       - CapacityProvider: FARGATE
 *         Base: 1
 *         Weight: 1
 *       - CapacityProvider: FARGATE_SPOT
 *         Weight: 3
 */
export function checkCapacityProviders(strategy: Place | undefined, report: Report): void {
  const providers = readEach(listOf(strategy, 'CapacityProviderStrategy'), readProvider, report);
  const [, secondBase] = providers.filter(({ base }) => base > 0);
  if (secondBase) {
    report(new AppSpecError('Two capacity providers have a Base.', secondBase.place, 'give one alone a Base above 0'));
  }
  if (strategy && providers.length > 1 && providers.every(({ weight }) => weight === 0)) {
    report(new AppSpecError('No capacity provider has a Weight.', strategy, 'give at least one a Weight above 0'));
  }
}

function readProvider(place: Place) {
  const provider = mapOf(place, 'an entry of CapacityProviderStrategy');
  requiredText(provider, 'CapacityProvider', 'add "CapacityProvider:", its name');
  return { place, base: numberAt(provider, 'Base', 100_000), weight: numberAt(provider, 'Weight', 1_000) };
}

function numberAt(provider: MapPlace, name: string, most: number): number {
  const place = memberOf(provider, name);
  const text = textOf(place, name)?.trim();
  if (!place || text === undefined) return 0;
  if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text);
  throw new AppSpecError(`The ${name} ${text} is not a number from 0 to ${most}.`, place, 'write it without a unit');
}
