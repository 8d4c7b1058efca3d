import type { ServerDeploymentConfig } from '../deployment-configs/deployment-config.ts';
import type { ErrorCode, FleetSettlement } from './error-code.ts';
import { targetsThatMayBeDown, targetsToKeepHealthy } from './minimum-healthy-hosts.ts';
import { inWaves, type Wave } from './waves.ts';

/** Most targets of one deployment. */
const MOST_TARGETS = 10_000;

/** Targets to open a deployment with, in the order of `inOrder`. */
export interface OpenFleet<T> {
  readonly targets: readonly T[];
  readonly config: Pick<ServerDeploymentConfig, 'minimumHealthyHosts' | 'zonalConfig'>;
  /** All of the group's hosts run the revision already: only outdated ones were asked for. */
  readonly noneOutdated: boolean;
}

/** A deployment that can begin, with its targets in their final order; or one that is settled before it has begun. */
export type OpenedFleet<T> =
  | {
      readonly kind: 'run';
      readonly ordered: readonly T[];
      readonly waves: readonly Wave[];
      /** Targets that may be down at once: in progress or failed. */
      readonly mayBeDown: number;
    }
  | { readonly kind: 'settle'; readonly settlement: FleetSettlement };

/**
 * Opens a fleet deployment, or says why it cannot succeed. Nothing is touched when so many must stay healthy that no
 * target may be worked on. One that seeks outdated hosts where there are none has succeeded: CodeDeploy does not say.
 */
export function openFleet<T extends { readonly zone?: string | undefined }>(fleet: OpenFleet<T>): OpenedFleet<T> {
  const { targets, config, noneOutdated } = fleet;
  if (noneOutdated) return { kind: 'settle', settlement: { status: 'Succeeded' } };
  if (targets.length === 0) {
    return refuse(
      'NO_INSTANCES',
      'No instance belongs to the deployment group: see its tag filters and Auto Scaling groups',
    );
  }
  if (targets.length > MOST_TARGETS) {
    return refuse('OVER_MAX_INSTANCES', `The deployment has ${targets.length} targets, of at most ${MOST_TARGETS}`);
  }
  const mayBeDown = targetsThatMayBeDown(targets.length, config.minimumHealthyHosts);
  if (mayBeDown === 0) {
    const healthy = targetsToKeepHealthy(targets.length, config.minimumHealthyHosts);
    return refuse(
      'HEALTH_CONSTRAINTS_INVALID',
      `Of ${targets.length} targets ${healthy} must stay healthy, so none may be deployed to: lower the minimum`,
    );
  }
  const { ordered, waves } = inWaves(targets, config);
  const blocked = waves.find((wave) => wave.mayBeDown === 0);
  if (blocked) return refuse('HEALTH_CONSTRAINTS_INVALID', tooStrict(blocked));
  return { kind: 'run', ordered, waves, mayBeDown };
}

function tooStrict({ zone, size }: Wave): string {
  const place = zone ?? 'the hosts outside of any zone';
  return `All ${size} targets in ${place} must stay healthy, so none may be deployed to: lower the minimum per zone`;
}

function refuse(code: ErrorCode, message: string): Extract<OpenedFleet<never>, { readonly kind: 'settle' }> {
  return { kind: 'settle', settlement: { status: 'Failed', errorInformation: { code, message } } };
}
