import type { LifecycleState } from '../lifecycle/lifecycle-state.ts';

export type ActivityStatus =
  | 'PreInService'
  | 'InProgress'
  | 'MidLifecycleAction'
  | 'WaitingForELBConnectionDraining'
  /** Returned by the service though its model does not list it. */
  | 'MidTerminatingLifecycleAction'
  | 'Successful'
  | 'Cancelled'
  | 'Failed';

/** A scaling activity: what a group does with one instance, and why. */
export interface Activity {
  readonly activityId: string;
  readonly autoScalingGroupName: string;
  readonly autoScalingGroupArn: string;
  readonly instanceId?: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly status: ActivityStatus;
  readonly statusMessage?: string;
  readonly progress: number;
  readonly availabilityZone?: string;
  readonly subnetId?: string;
}

export type Progress = Pick<Activity, 'status' | 'progress'>;

/** How far an activity is when its instance enters a state; undefined where the state says nothing about it. */
export function progressAt(state: LifecycleState): Progress | undefined {
  switch (state) {
    case 'Pending':
    case 'Warmed:Pending':
      return { status: 'PreInService', progress: 30 };
    case 'Pending:Wait':
    case 'Warmed:Pending:Wait':
      return { status: 'MidLifecycleAction', progress: 40 };
    case 'Pending:Proceed':
    case 'Warmed:Pending:Proceed':
      return { status: 'InProgress', progress: 50 };
    case 'Terminating:Wait':
    case 'Warmed:Terminating:Wait':
      return { status: 'MidTerminatingLifecycleAction', progress: 60 };
    case 'Terminating:Proceed':
    case 'Warmed:Terminating:Proceed':
      return { status: 'InProgress', progress: 70 };
    case 'EnteringStandby':
    case 'Detaching':
      return { status: 'InProgress', progress: 50 };
    case 'Terminating':
    case 'Warmed:Terminating':
      return { status: 'InProgress', progress: 0 };
    case 'InService':
    case 'Standby':
    case 'Detached':
    case 'Terminated':
    case 'Warmed:Stopped':
    case 'Warmed:Running':
    case 'Warmed:Hibernated':
    case 'Warmed:Terminated':
      return { status: 'Successful', progress: 100 };
  }
}

export const hasEnded = ({ endedAtMs }: Activity): boolean => endedAtMs !== undefined;

/** Times in causes have no fraction: `2026-05-04T10:00:00Z`. */
export const causeTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
