import type { LifecycleActions } from '../../../adapters/auto-scaling/lifecycle-actions.ts';
import type { CustomResourceResponse, Respond } from '../../../adapters/cloudformation/custom-resource-response.ts';
import type { Executions } from '../../../adapters/step-functions/executions.ts';
import type { TaskTokens } from '../../../adapters/step-functions/task-tokens.ts';
import type { LaunchGuards } from '../../../adapters/table/launch-guards.ts';
import type { LifecycleActionResult } from '../../../core/lifecycle-action.ts';
import {
  type InstallationKeys,
  newInstallationKeys,
  readInstallationKeys,
} from '../../../core/signing/installation-keys.ts';
import type { Withdrawal } from '../../../core/launch-guard/withdrawal-news.ts';
import type { Engine } from '../../../lambdas/engine.ts';
import { GuardedLaunches } from '../../../lambdas/launch-guard/launches.ts';
import type { Notifications } from '../../../lambdas/notifications.ts';
import type { Telemetry } from '../../../lambdas/telemetry.ts';
import { MemoryGroups } from './memory-groups.ts';
import { MemoryStandbyGroups, MemoryStandbyNotes } from './memory-standby.ts';
import { MemoryTable } from './memory-table.ts';

/** The time at which tests begin. */
export const NOON = Date.parse('2026-05-04T12:00:00.000Z');

/** Auto Scaling that knows the actions it was given, and completes each once. */
export class RecordedLifecycleActions implements LifecycleActions {
  readonly completed = new Map<string, LifecycleActionResult>();
  readonly gone = new Set<string>();
  heartbeats = 0;

  complete: LifecycleActions['complete'] = ({ lifecycleActionToken }, result) => {
    if (this.completed.has(lifecycleActionToken) || this.gone.has(lifecycleActionToken)) return Promise.resolve('gone');
    this.completed.set(lifecycleActionToken, result);
    return Promise.resolve('done');
  };

  heartbeat: LifecycleActions['heartbeat'] = ({ lifecycleActionToken }) => {
    if (this.completed.has(lifecycleActionToken) || this.gone.has(lifecycleActionToken)) return Promise.resolve('gone');
    this.heartbeats += 1;
    return Promise.resolve('done');
  };
}

/** Step Functions that takes one answer for each token. */
export class RecordedTaskTokens implements TaskTokens {
  readonly answers = new Map<string, unknown>();

  answer: TaskTokens['answer'] = (taskToken, output) => {
    if (this.answers.has(taskToken)) return Promise.resolve('late');
    this.answers.set(taskToken, output);
    return Promise.resolve('answered');
  };
}

/** Telemetry that keeps what it is told. */
export class RecordedTelemetry implements Telemetry {
  readonly lines: { message: string; fields: unknown }[] = [];
  readonly counts: string[] = [];
  readonly measures: Record<string, number> = {};

  info: Telemetry['info'] = (message, fields) => void this.lines.push({ message, fields });
  warn: Telemetry['warn'] = (message, fields) => void this.lines.push({ message, fields });
  error: Telemetry['error'] = (message, error, fields) =>
    void this.lines.push({ message, fields: { error, ...fields } });
  count: Telemetry['count'] = (metric) => void this.counts.push(metric);
  measure: Telemetry['measure'] = (metric, seconds) => void (this.measures[metric] = seconds);
}

/** Notifications that are kept: the ids of what they are about, with its status. */
export class RecordedNotifications implements Notifications {
  readonly told: string[] = [];

  ofDeployment: Notifications['ofDeployment'] = ({ deploymentId, status }) => {
    this.told.push(`${deploymentId} ${status}`);
    return Promise.resolve();
  };

  ofTarget: Notifications['ofTarget'] = ({ instanceId, status }) => {
    this.told.push(`${instanceId} ${status}`);
    return Promise.resolve();
  };
}

/** An engine whose outside is in memory, and open to inspection. */
export interface RecordedEngine extends Engine {
  readonly table: MemoryTable;
  readonly autoScalingGroups: MemoryGroups;
  readonly launchGuards: LaunchGuards;
  /** What was announced of revisions that are launched no more. */
  readonly withdrawals: Withdrawal[];
  readonly standbyGroups: MemoryStandbyGroups;
  readonly standbyNotes: MemoryStandbyNotes;
  readonly lifecycleActions: RecordedLifecycleActions;
  readonly taskTokens: RecordedTaskTokens;
  readonly notifications: RecordedNotifications;
  readonly telemetry: RecordedTelemetry;
  readonly installationKeys: () => Promise<InstallationKeys>;
  /** Lets time pass. */
  advance(seconds: number): void;
}

/** Made once: the tests do not look at what is in them. */
const KEYS = readInstallationKeys(newInstallationKeys('arn:aws:cloudformation:…:stack/engine/1', NOON));

export function recordedEngine(): RecordedEngine {
  let nowMs = NOON;
  const clock = (): number => nowMs;
  const table = new MemoryTable(clock);
  const telemetry = new RecordedTelemetry();
  const autoScalingGroups = new MemoryGroups();
  const withdrawals: Withdrawal[] = [];
  return {
    table,
    autoScalingGroups,
    launchGuards: table.launchGuards,
    withdrawals,
    launches: new GuardedLaunches({
      deploymentGroups: table.deploymentGroups,
      launchGuards: table.launchGuards,
      autoScalingGroups,
      telemetry,
      announceWithdrawal: (withdrawal) => {
        withdrawals.push(withdrawal);
        return Promise.resolve();
      },
    }),
    surroundings: table.surroundings,
    targets: table.targets,
    hosts: table.hosts,
    mailboxes: table.mailboxes,
    sharedActions: table.sharedActions,
    rollouts: table.rollouts,
    fleets: table.fleets,
    standbyGroups: new MemoryStandbyGroups(),
    standbyNotes: new MemoryStandbyNotes(),
    deploymentGroups: table.deploymentGroups,
    lifecycleActions: new RecordedLifecycleActions(),
    taskTokens: new RecordedTaskTokens(),
    notifications: new RecordedNotifications(),
    telemetry,
    installationKeys: () => Promise.resolve(KEYS),
    clock,
    advance: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
}

/** Step Functions that starts one execution for each name. */
export class RecordedExecutions implements Executions {
  readonly started = new Map<string, unknown>();

  start: Executions['start'] = (name, input) => {
    if (this.started.has(name)) return Promise.resolve('exists');
    this.started.set(name, input);
    return Promise.resolve('started');
  };
}

/** CloudFormation that keeps the answers it is given. */
export class RecordedResponses {
  readonly all: CustomResourceResponse[] = [];
  last: CustomResourceResponse | undefined;

  respond: Respond = (_, response) => {
    this.last = response;
    this.all.push(response);
    return Promise.resolve('answered');
  };
}
