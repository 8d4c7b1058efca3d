import type { Happening } from '../../faults/fault.ts';
import type { Course } from '../course.ts';
import { ring } from './alarms.ts';
import { rebalance, resize } from './capacity.ts';
import { declareBad, deploy, deployAndStop } from './deployments.ts';
import { poison, stopExecution } from './engine.ts';
import { deleteHook, editHook } from './hooks.ts';
import { declareUnhealthy, terminate, vanish } from './instances.ts';
import { suspendLaunches } from './processes.ts';

/** Carries something out. @returns in words what happened; undefined where there is nothing that it could happen to */
export type CarryOut = (course: Course, instanceId?: string) => Promise<string | undefined>;

/** What may happen, and how. */
export const HAPPENINGS: Readonly<Record<Happening, CarryOut>> = {
  'scale-out': (course) => resize(course, course.desired + course.lots.between(1, 3)),
  'scale-in': (course) => resize(course, course.desired - course.lots.between(1, 3)),
  'zone rebalanced': rebalance,
  'instance vanishes': vanish,
  'instance declared unhealthy': declareUnhealthy,
  'instance terminated by its group': terminate,
  'launches suspended for a while': suspendLaunches,
  'execution stopped by a person': stopExecution,
  'alarm rings': ring,
  'poison in the queue': poison,
  'hook deleted': deleteHook,
  'hook edited': editHook,
  'deployment to the fleet': (course) => deploy(course),
  'bad revision to the fleet': (course) => deploy(course, { isBad: true }),
  'bad revision declared': declareBad,
  'deployment stopped': (course) => deployAndStop(course, false),
  'deployment stopped and rolled back': (course) => deployAndStop(course, true),
};
