/** Pause of a host that may get a command any moment. Two seconds cost less than the wait they save. */
const ALERT_SECONDS = 2;

/**
 * Pause of a host that rests: 5,760 polls a day, about 0.09 USD a month. A termination deployment waits for it
 * 7.5 s on average.
 */
const RESTING_SECONDS = 15;

/** Hosts younger than this, and never deployed to, wait for their launch deployment. */
const YOUNG_SECONDS = 15 * 60;

/** What is known of the host that asks. */
export interface PollingHost {
  readonly hasLeg: boolean;
  /** Whether anything was ever deployed to it. */
  readonly hasInstallation: boolean;
  /** Undefined when the agent does not say, as AWS's does not. */
  readonly uptimeSeconds?: number;
}

/** How long an agent of ours should pause before it asks again, in seconds. */
export function pollAfterSeconds({ hasLeg, hasInstallation, uptimeSeconds }: PollingHost): number {
  const awaitsLaunch = !hasInstallation && uptimeSeconds !== undefined && uptimeSeconds < YOUNG_SECONDS;
  return hasLeg || awaitsLaunch ? ALERT_SECONDS : RESTING_SECONDS;
}
