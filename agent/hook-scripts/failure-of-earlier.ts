import { basename, join } from 'node:path';
import { ERROR_CODES } from '../protocol/wire.ts';
import { ScriptError } from './script-error.ts';
import type { ScriptLog } from './script-log.ts';

/** Ends that say nothing about the script itself: the agent had to stop, or the work was withdrawn. */
const NOT_ITS_FAULT: readonly number[] = [ERROR_CODES.FAILED_AFTER_RESTART, ERROR_CODES.UNKNOWN_ERROR];

/** What `DeploymentCreator` is for a host that goes. */
const ON_THE_WAY_OUT = 'autoscalingTermination';

export interface EarlierScript {
  /** Directory of the deployment that installed the script. */
  readonly earlier: string;
  /** Where its revision lies. */
  readonly archive: string;
  readonly deploymentCreator: string;
}

/**
 * Says of a script that failed that it is an earlier revision's. A broken ApplicationStop is a trap otherwise: it stops
 * every deployment, the one that mends it too, and nothing in the revision being deployed looks wrong.
 */
export function failureOfEarlier(error: unknown, script: EarlierScript, scriptLog: ScriptLog): unknown {
  if (!(error instanceof ScriptError) || NOT_ITS_FAULT.includes(error.code)) return error;
  const installedBy = basename(script.earlier);
  const advice =
    script.deploymentCreator === ON_THE_WAY_OUT
      ? `This script came with ${installedBy}. The host leaves all the same; every host that runs this revision will ` +
        'fail alike on its way out, until another revision is deployed to it.'
      : `This script is not of the revision being deployed but of the one that ${installedBy} installed, and it will ` +
        'fail every deployment to this host until it is mended: deploy with ignoreApplicationStopFailures, or mend ' +
        `${join(script.archive, error.scriptName)} on the host, where one that does nothing will do.`;
  scriptLog.add(`[slipway]${advice}`);
  return new ScriptError(error.code, error.scriptName, `${error.message}. ${advice}`, { cause: error });
}
