import { type Decision, finish } from './decide-on-launch.ts';
import type { InPlaceRequest } from './target-request.ts';
import { decideTraffic, type TrafficSettings } from './traffic/traffic-control.ts';

/** What is known when a deployment in place begins on a host. */
export interface InPlace {
  readonly request: Pick<InPlaceRequest, 'instanceId' | 'revision'>;
  /** What the deployment, or else its group, says about traffic. */
  readonly trafficSettings: TrafficSettings;
  /** Deployment of the host's last termination, if there is one. */
  readonly leaving: string | undefined;
  /** Whether it waits in the warm pool, or is on its way there. */
  readonly isInWarmPool?: boolean;
}

/** Why nothing is deployed to a host that has left service for the warm pool. */
export function inWarmPool(instanceId: string): string {
  return `${instanceId} went back to the warm pool: it gets its revision when it enters service again`;
}

/** A host in service gets the revision that it is asked for. One that leaves needs none any more, which is no failure. */
export function decideInPlace({ request, trafficSettings, leaving, isInWarmPool = false }: InPlace): Decision {
  const { instanceId, revision } = request;
  if (leaving !== undefined) {
    const reason = `${instanceId} is being terminated (deployment ${leaving}): nothing is deployed to it`;
    return finish('Skipped', null, reason);
  }
  if (isInWarmPool) return finish('Skipped', null, inWarmPool(instanceId));
  const traffic = decideTraffic(trafficSettings);
  switch (traffic.kind) {
    case 'impossible':
      return finish('Failed', null, traffic.reason);
    case 'leave':
      return { kind: 'deploy', revision };
    case 'control':
      return { kind: 'deploy', revision, trafficControl: traffic.trafficControl };
  }
}
