import type { ErrorInformation } from './error-code.ts';

/** Why no further target of a fleet begins, while those in progress may still be finishing. */
export type Ending =
  /** Too many targets are down for another to begin. `zone`: in that zone, though the fleet could bear it. */
  | { readonly kind: 'TooManyFailed'; readonly zone?: string }
  /** Hosts leave as they are worked on: whatever is deployed may be what drives them away. */
  | { readonly kind: 'TooManyGone' }
  /** From outside of the fleet's arithmetic. */
  | { readonly kind: 'CutShort'; readonly status: 'Failed' | 'Stopped'; readonly errorInformation: ErrorInformation };

type CutShort = Extract<Ending, { readonly kind: 'CutShort' }>;

/** A user asked for it. */
export function stoppedByRequest(): CutShort {
  return cut('Stopped', 'MANUAL_STOP', 'A user stopped the deployment');
}

/** Alarms that the deployment watches rang. */
export function stoppedByAlarms(alarmNames: readonly string[]): CutShort {
  const names = alarmNames.map((name) => `<${name}>`).join(', ');
  return cut('Stopped', 'ALARM_ACTIVE', `Stopped because of alarms in the state ALARM: ${names}`);
}

/**
 * The alarms could not be read, and the deployment is not to go on blindly. CodeDeploy does not say with which code.
 * @param denied the service role may not read them, as opposed to any other trouble
 */
export function stoppedWithoutAlarms(reason: string, denied: boolean): CutShort {
  return cut(
    'Stopped',
    denied ? 'IAM_ROLE_PERMISSIONS' : 'INTERNAL_ERROR',
    `Stopped because its alarms could not be read (${reason}): ` +
      'let the service role describe them, or ignore failures to poll alarms',
  );
}

/** The deployment as a whole took too long. */
export function timedOut(hours: number): CutShort {
  return cut('Failed', 'TIMEOUT', `The deployment did not end within ${hours} hours`);
}

/** Something that the deployment cannot do without failed. */
export function brokenBy(errorInformation: ErrorInformation): CutShort {
  return cut('Failed', errorInformation.code, errorInformation.message);
}

function cut(status: CutShort['status'], code: ErrorInformation['code'], message: string): CutShort {
  return { kind: 'CutShort', status, errorInformation: { code, message } };
}
