import type { LifecycleAction } from './lifecycle-action.ts';
import type { LifecycleState } from './lifecycle-state.ts';

/** An instance as its group sees it. */
export interface Member {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly availabilityZone: string;
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: number };
  readonly lifecycleState: LifecycleState;
  readonly healthStatus: 'Healthy' | 'Unhealthy';
  readonly protectedFromScaleIn: boolean;
  readonly joinedAtMs: number;
  /** When it last became `InService`; the health check grace period counts from here. */
  readonly inServiceAtMs?: number;
  /** On its way from the warm pool into service. */
  readonly isFromPool?: boolean;
  /** Its target groups were told of it, so that it has to be drained before it goes. */
  readonly registered: boolean;
  /** Actions of the current wait, those that ended included; empty outside a wait. */
  readonly actions: readonly LifecycleAction[];
}

export const activeActions = (member: Member): readonly LifecycleAction[] =>
  member.actions.filter(({ result }) => result === undefined);
