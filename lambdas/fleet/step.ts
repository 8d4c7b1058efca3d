import type { FleetSettlement } from '../../core/fleet/error-code.ts';
import type { ExecutionError } from '../../core/settlement.ts';
import type { FleetEngine } from './fleet-engine.ts';
import { closeFleet } from './steps/close-fleet.ts';
import { endFleet } from './steps/end-fleet.ts';
import { lookAfterFleet } from './steps/look-after-fleet.ts';
import { openFleet } from './steps/open-fleet.ts';
import { openZone } from './steps/open-zone.ts';

/** What the state machine asks for: see `lib/machines/fleet-deployment.ts`. */
export type FleetStep = { readonly deploymentId: string } & (
  | { readonly step: 'openFleet' | 'lookAfterFleet' | 'closeFleet' }
  | { readonly step: 'openZone'; readonly zone: number }
  | {
      readonly step: 'endFleet';
      /** Of a deployment that was settled before it began. */
      readonly settlement: FleetSettlement | null;
      readonly error: ExecutionError | null;
    }
);

/** Carries out one step. Each may be repeated at any point without harm. */
export function carryOut(step: FleetStep, engine: FleetEngine): Promise<unknown> {
  switch (step.step) {
    case 'openFleet':
      return openFleet(step.deploymentId, engine);
    case 'openZone':
      return openZone(step.deploymentId, step.zone, engine);
    case 'lookAfterFleet':
      return lookAfterFleet(step.deploymentId, engine);
    case 'closeFleet':
      return closeFleet(step.deploymentId, engine);
    case 'endFleet':
      return endFleet(step, engine);
  }
}
