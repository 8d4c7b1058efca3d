import { parseTimeSpan } from './time-span.ts';
import { allValues, lastValue, parseUnitFile } from './unit-file.ts';
import { splitWords } from './words.ts';

/** A command line as it stands in the unit: paths and variables are resolved when it runs. */
export interface Command {
  readonly words: readonly string[];
  /** `ExecStartPre=-…`: its failure does not count. */
  readonly mayFail: boolean;
}

/** What a service unit asks for, as far as a rehearsed machine plays it. */
export interface ServiceUnit {
  /** `simple` runs on; `oneshot` is up when its commands have ended (`forking` too: it left a daemon behind). */
  readonly type: 'simple' | 'oneshot';
  /** Where one of them fails, the service is not started, and that is no failure. */
  readonly conditions: readonly Command[];
  readonly preCommands: readonly Command[];
  readonly commands: readonly Command[];
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly { readonly path: string; readonly mayMiss: boolean }[];
  readonly workingDirectory: string;
  readonly restart: RestartPolicy;
  /** Rehearsed milliseconds before a restart. */
  readonly restartMs: number;
  /** Rehearsed milliseconds between TERM and KILL. */
  readonly stopTimeoutMs: number;
  /** Whether stopping ends all processes of the service, or the main one and leaves what it started. */
  readonly killMode: 'control-group' | 'process';
  /** Whether a oneshot stays active when its commands have ended. */
  readonly remainAfterExit: boolean;
  /** Settings of `[Service]` that change nothing here. */
  readonly ignored: readonly string[];
}

export type RestartPolicy = 'no' | 'always' | 'on-failure' | 'on-success' | 'on-abnormal' | 'on-abort' | 'on-watchdog';

const PLAYED = new Set([
  ...['Type', 'ExecStart', 'ExecStartPre', 'ExecCondition', 'Environment', 'EnvironmentFile', 'WorkingDirectory'],
  ...['Restart', 'RestartSec', 'TimeoutStopSec', 'RemainAfterExit', 'KillMode'],
  // Output goes to the unit's log and the console in any case.
  ...['StandardOutput', 'StandardError', 'SyslogIdentifier'],
]);

/** systemd's own defaults. */
const DEFAULT_RESTART_MS = 100;
const DEFAULT_STOP_TIMEOUT_MS = 90_000;

/**
 * @param text the unit file, then its drop-ins: a section may stand several times
 * @throws Error when the unit says nothing that could be started
 */
export function parseServiceUnit(text: string): ServiceUnit {
  const service = parseUnitFile(text).get('Service') ?? [];
  const commands = allValues(service, 'ExecStart').map(parseCommand);
  if (commands.length === 0) throw new Error('it has no ExecStart= in a [Service] section');
  const type = lastValue(service, 'Type') ?? 'simple';
  const span = (key: string, fallback: number): number => parseTimeSpan(lastValue(service, key) ?? '') ?? fallback;
  return {
    type: type === 'oneshot' || type === 'forking' ? 'oneshot' : 'simple',
    conditions: allValues(service, 'ExecCondition').map(parseCommand),
    preCommands: allValues(service, 'ExecStartPre').map(parseCommand),
    commands,
    environment: parseAssignments(allValues(service, 'Environment').flatMap(splitWords)),
    environmentFiles: allValues(service, 'EnvironmentFile').map((value) => ({
      path: value.replace(/^-/, ''),
      mayMiss: value.startsWith('-'),
    })),
    workingDirectory: lastValue(service, 'WorkingDirectory')?.replace(/^-/, '') ?? '/',
    restart: (lastValue(service, 'Restart') ?? 'no') as RestartPolicy,
    restartMs: span('RestartSec', DEFAULT_RESTART_MS),
    stopTimeoutMs: span('TimeoutStopSec', DEFAULT_STOP_TIMEOUT_MS),
    killMode: /^(process|none)$/.test(lastValue(service, 'KillMode') ?? '') ? 'process' : 'control-group',
    remainAfterExit: type === 'forking' || /^(yes|true|on|1)$/i.test(lastValue(service, 'RemainAfterExit') ?? ''),
    ignored: [...new Set(service.map(([key]) => key).filter((key) => !PLAYED.has(key)))],
  };
}

/** Lines of an `EnvironmentFile`: `NAME=value`, the value perhaps in quotes. */
export function parseEnvironmentFile(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => /^\s*[A-Za-z_]\w*=/.test(line));
  return parseAssignments(lines.map((line) => line.trim().replace(/=(["'])(.*)\1$/s, '=$2')));
}

function parseAssignments(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word.split('=', 1).join(''), word.slice(word.indexOf('=') + 1)]));
}

/** `@`, `+`, `!` and `:` before a command speak of privileges and names that a rehearsed machine does not have. */
function parseCommand(line: string): Command {
  const [, prefix = '', command = ''] = /^([-@+!:]*)(.*)$/s.exec(line) ?? [];
  return { words: splitWords(command), mayFail: prefix.includes('-') };
}
