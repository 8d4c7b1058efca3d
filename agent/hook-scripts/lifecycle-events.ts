import { HOOK_SCRIPT_EVENTS } from '../../core/lifecycle-event.ts';

export type HookEvent = (typeof HOOK_SCRIPT_EVENTS)[number];

export function isHookEvent(name: string): name is HookEvent {
  return (HOOK_SCRIPT_EVENTS as readonly string[]).includes(name);
}

/** Which revision's scripts an event runs. */
export type RevisionOfEvent = 'current' | 'lastSuccessful' | 'mostRecent';

const NORMAL: Readonly<Record<HookEvent, RevisionOfEvent>> = {
  BeforeBlockTraffic: 'lastSuccessful',
  AfterBlockTraffic: 'lastSuccessful',
  ApplicationStop: 'lastSuccessful',
  BeforeInstall: 'current',
  AfterInstall: 'current',
  ApplicationStart: 'current',
  ValidateService: 'current',
  BeforeAllowTraffic: 'current',
  AfterAllowTraffic: 'current',
};

/** The host goes back to serving what it served; what is leaving is the newest. */
const BLUE_GREEN_ROLLBACK: Readonly<Record<HookEvent, RevisionOfEvent>> = {
  ...NORMAL,
  BeforeBlockTraffic: 'mostRecent',
  AfterBlockTraffic: 'mostRecent',
  BeforeAllowTraffic: 'lastSuccessful',
  AfterAllowTraffic: 'lastSuccessful',
};

/**
 * Says whose scripts an event runs while the current deployment has not unpacked its own revision; a custom event's are
 * the current revision's.
 */
export function revisionOfEvent(
  event: string,
  deployment: { readonly deploymentCreator: string; readonly deploymentType: string },
): RevisionOfEvent {
  const isRollback =
    deployment.deploymentCreator === 'codeDeployRollback' && deployment.deploymentType === 'BLUE_GREEN';
  return isHookEvent(event) ? (isRollback ? BLUE_GREEN_ROLLBACK : NORMAL)[event] : 'current';
}
