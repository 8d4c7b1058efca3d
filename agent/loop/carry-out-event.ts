import type { BundleLimits, BundleSources } from '../bundle/download-bundle.ts';
import { downloadBundle } from '../bundle/download-bundle.ts';
import type { Place } from '../config/staging.ts';
import { failureOfEarlier } from '../hook-scripts/failure-of-earlier.ts';
import { isHookEvent } from '../hook-scripts/lifecycle-events.ts';
import { runHookScripts } from '../hook-scripts/run-hook-scripts.ts';
import type { ScriptSurroundings } from '../hook-scripts/run-hook-scripts.ts';
import { ScriptError } from '../hook-scripts/script-error.ts';
import { ScriptLog } from '../hook-scripts/script-log.ts';
import { scriptEnvironment } from '../hook-scripts/script-environment.ts';
import { scriptsOfEvent } from '../hook-scripts/scripts-of-event.ts';
import { install } from '../install/install.ts';
import { errorText } from '../log/agent-log.ts';
import type { HookLogs } from '../log/hook-logs.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { Diagnostics } from '../protocol/wire.ts';
import { ERROR_CODES } from '../protocol/wire.ts';
import type { Layout } from '../state/layout.ts';
import type { Pointers } from '../state/pointers.ts';

/** What lifecycle events work with on this host. */
export interface EventEquipment extends BundleLimits {
  readonly layout: Layout;
  readonly pointers: Pointers;
  readonly place: Place;
  readonly sources: BundleSources;
  readonly enableDeploymentsLog: boolean;
  readonly scripts: ScriptSurroundings;
  /** Where copies of script output go, if they go anywhere. */
  readonly hookLogs?: Pick<HookLogs, 'open'>;
}

/** How a lifecycle event ended. Failing is an outcome here, not an error. */
export interface EventOutcome {
  readonly status: 'Succeeded' | 'Failed';
  readonly diagnostics: Diagnostics;
}

/** Carries out one lifecycle event and tells how it ended. */
export async function carryOutEvent(
  event: string,
  specification: DeploymentSpecification,
  equipment: EventEquipment,
): Promise<EventOutcome> {
  const { layout, enableDeploymentsLog, hookLogs } = equipment;
  const scriptLog = new ScriptLog({
    scriptsLog: layout.scriptsLog(specification),
    ...(enableDeploymentsLog ? { deploymentsLog: layout.deploymentsLog() } : {}),
    deploymentId: specification.deploymentId,
    ...(hookLogs ? { shipped: hookLogs.open(specification, event) } : {}),
  });
  try {
    return succeeded(await perform(event, specification, equipment, scriptLog));
  } catch (error) {
    return failed(error, scriptLog.tail());
  } finally {
    scriptLog.close();
  }
}

/** @returns a note for the record, or nothing to note */
async function perform(
  event: string,
  specification: DeploymentSpecification,
  equipment: EventEquipment,
  scriptLog: ScriptLog,
): Promise<string> {
  switch (event) {
    case 'DownloadBundle':
      await downloadBundle(specification, equipment.sources, equipment);
      return '';
    case 'Install':
      await install(specification, equipment);
      return '';
    default:
      if (runsHookScripts(event, specification)) {
        return performHookEvent(event, specification, equipment, scriptLog);
      }
      throw new Error(`Unsupported command type: ${event}.`);
  }
}

function runsHookScripts(event: string, { allPossibleLifecycleEvents }: DeploymentSpecification): boolean {
  return isHookEvent(event) || (allPossibleLifecycleEvents ?? []).includes(event);
}

async function performHookEvent(
  event: string,
  specification: DeploymentSpecification,
  equipment: EventEquipment,
  scriptLog: ScriptLog,
): Promise<string> {
  const found = await scriptsOfEvent(event, specification, equipment);
  if (found.scripts.length === 0) return found.note ?? 'no script';
  const env = { ...equipment.scripts.env, ...scriptEnvironment(event, specification) };
  try {
    await runHookScripts(event, found, scriptLog, { ...equipment.scripts, env });
  } catch (error) {
    if (found.earlier === undefined) throw error;
    const { deploymentCreator } = specification;
    throw failureOfEarlier(error, { earlier: found.earlier, archive: found.archive, deploymentCreator }, scriptLog);
  }
  return '';
}

/**
 * Events at the head of a list that have no script to run, so that the service can pass over them. An event whose
 * AppSpec cannot be read is not one of them: it must fail in its own name.
 */
export async function noopEventsAtHead(
  events: readonly string[],
  specification: DeploymentSpecification,
  equipment: EventEquipment,
): Promise<string[]> {
  const noops: string[] = [];
  for (const event of events) {
    if (!(await isNoop(event, specification, equipment))) break;
    noops.push(event);
  }
  return noops;
}

export async function isNoop(
  event: string,
  specification: DeploymentSpecification,
  equipment: EventEquipment,
): Promise<boolean> {
  if (!isHookEvent(event)) return false;
  return scriptsOfEvent(event, specification, equipment).then(
    ({ scripts }) => scripts.length === 0,
    () => false,
  );
}

function succeeded(note: string): EventOutcome {
  const message = `Succeeded: ${note}`;
  return { status: 'Succeeded', diagnostics: { error_code: ERROR_CODES.SUCCEEDED, script_name: '', message, log: '' } };
}

/** An error in the terms of diagnostics: the script's own code, or "unknown" for all that is no script. */
export function failed(error: unknown, log = ''): EventOutcome {
  const { code, scriptName } =
    error instanceof ScriptError ? error : { code: ERROR_CODES.UNKNOWN_ERROR, scriptName: '' };
  const message = error instanceof ScriptError ? error.message : errorText(error);
  return { status: 'Failed', diagnostics: { error_code: code, script_name: scriptName, message, log } };
}
