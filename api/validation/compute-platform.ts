import { COMPUTE_PLATFORMS } from '../../core/application.ts';
import type { ComputePlatform } from '../../core/deployment-configs/deployment-config.ts';
import { InvalidComputePlatform } from '../errors/application-errors.ts';

/** @returns Server for whoever names none. @throws InvalidComputePlatform */
export function checkComputePlatform(given: string | undefined): ComputePlatform {
  const computePlatform = COMPUTE_PLATFORMS.find((each) => each === (given ?? 'Server'));
  if (!computePlatform) throw new InvalidComputePlatform(String(given));
  return computePlatform;
}
