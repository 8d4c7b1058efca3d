import { setTimeout as pause } from 'node:timers/promises';
import { hookLogGroupName } from '../../core/names.ts';
import type { Command, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import type { Connection } from '../connection/connect.ts';
import { withConnection } from '../connection/connect.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { isEnded } from '../following/observation.ts';
import type { Observation } from '../following/observation.ts';
import { Observer } from '../following/observer.ts';
import { eventReports } from '../logs/diagnostics.ts';
import { HookLog } from '../logs/hook-log.ts';
import type { HookLine, HookLineFilter } from '../logs/hook-log.ts';
import { readArguments } from '../read-arguments.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import type { Terminal } from '../terminal.ts';

const USAGE = `Usage: slipway logs DEPLOYMENT [options]

What the hook scripts of a deployment printed: their copy in CloudWatch Logs, or,
where none is kept, the last lines that hosts reported to the engine.

  -i, --instance ID        of this instance only
  -e, --event NAME         of this lifecycle event only
      --follow             go on until the deployment ends
      --log-group NAME     (default the deployment group's,
                           /slipway/hook-scripts/APPLICATION/GROUP)
      --json               one JSON object per line
${CONNECTION_USAGE}

Exit codes: 0 told, 1 there is no such deployment, 2 the command line is wrong,
130 interrupted`;

const PAUSE_MS = 2_000;

/** `slipway logs`: what hook scripts printed. */
export const logs: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...CONNECTION_OPTIONS,
      instance: { type: 'string', short: 'i' },
      event: { type: 'string', short: 'e' },
      follow: { type: 'boolean', default: false },
      'log-group': { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [deploymentId, ...others] = positionals;
    if (deploymentId === undefined || others.length > 0) throw new UsageError('name one deployment');
    const { instance, event, follow, json } = values;
    const filter: HookLineFilter = {
      ...(instance !== undefined && { instanceId: instance }),
      ...(event !== undefined && { lifecycleEvent: event }),
    };
    const wanted = { deploymentId, filter, follow, json, logGroup: values['log-group'] };
    return withConnection(values, (connection) => tell(wanted, connection, terminal));
  },
};

interface Wanted {
  readonly deploymentId: string;
  readonly filter: HookLineFilter;
  readonly follow: boolean;
  readonly json: boolean;
  readonly logGroup: string | undefined;
}

async function tell(wanted: Wanted, connection: Connection, terminal: Terminal): Promise<ExitCode> {
  const observer = new Observer(connection.codeDeploy, wanted.deploymentId);
  const { interrupt, release } = stopOnSignals();
  let observation = await observer.look();
  const logGroup = wanted.logGroup ?? logGroupOf(observation);
  const log = new HookLog(logGroup, wanted.deploymentId, wanted.filter, connection);
  try {
    let told = 0;
    for (;;) {
      const isLast = !wanted.follow || isEnded(observation.deployment); // seen before the lines, so that none is missed
      const news = await log.news().catch(withoutLogGroup);
      if (news === undefined)
        terminal.note(`There is no log group ${logGroup}: these are the lines that hosts reported.`);
      for (const line of news ?? []) terminal.print(wanted.json ? JSON.stringify(line) : textOf(line));
      told += news?.length ?? 0;
      if (news === undefined || isLast) break;
      await pause(PAUSE_MS, undefined, { signal: interrupt }).catch(() => undefined);
      if (interrupt.aborted) return EXIT.interrupted;
      observation = await observer.look();
    }
    if (told === 0) tellReports(observation, wanted, terminal);
    return EXIT.ok;
  } finally {
    release();
    log.close();
  }
}

function logGroupOf({ deployment: { applicationName = '', deploymentGroupName = '' } }: Observation): string {
  return hookLogGroupName({ applicationName, deploymentGroupName });
}

/** A group whose declaration keeps no logs, or gives them another name. */
function withoutLogGroup(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
  throw error;
}

function textOf({ at, instanceId, lifecycleEvent, message }: HookLine): string {
  return `${at.toISOString().slice(11, 23)}  ${instanceId}  ${lifecycleEvent}  ${message}`;
}

function tellReports(observation: Observation, { filter, json }: Wanted, terminal: Terminal): void {
  const reports = eventReports(observation, filter);
  if (reports.length === 0) terminal.note('No hook script printed anything.');
  for (const report of reports) {
    if (json) {
      terminal.print(JSON.stringify(report));
      continue;
    }
    terminal.print(`${report.instanceId}  ${report.lifecycleEvent} ${report.status}`);
    for (const line of report.lines) terminal.print(`  ${line}`);
  }
}
