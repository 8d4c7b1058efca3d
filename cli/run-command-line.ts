import { nearestName } from '../core/nearest-name.ts';
import { AGENT_VERSION } from '../agent/version.ts';
import type { ExitCode } from './command.ts';
import { CommandError, EXIT, UsageError } from './command.ts';
import { COMMANDS } from './command-table.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, without the program's own name. Errors that are no usage error are the command's bugs. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    terminal.note(overview());
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    return rest[0] === undefined ? printed(overview(), terminal) : runCommandLine([rest[0], '--help'], terminal);
  }
  if (name === '--version') return printed(`slipway ${AGENT_VERSION}`, terminal);
  return runCommand(name, rest, terminal);
}

async function runCommand(name: string, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const entry = COMMANDS.get(name);
  if (!entry) {
    const nearest = nearestName(name, COMMANDS.keys());
    terminal.note(`slipway: there is no command ${name}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`);
    terminal.note('See slipway --help.');
    return EXIT.usage;
  }
  const command = await entry.load();
  if (asksForHelp(args)) return printed(command.usage, terminal);
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.note(`slipway ${name}: ${error.message}`);
      return EXIT.failed;
    }
    if (!(error instanceof UsageError)) throw error;
    terminal.note(`slipway ${name}: ${error.message}`);
    terminal.note(`See slipway ${name} --help.`);
    return EXIT.usage;
  }
}

/** Wherever it stands, except behind `--`, from where on all are plain arguments. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.some((arg) => arg === '--help' || arg === '-h');
}

function printed(text: string, terminal: Terminal): ExitCode {
  terminal.print(text.trimEnd());
  return EXIT.ok;
}

function overview(): string {
  const widest = Math.max(...[...COMMANDS.keys()].map(({ length }) => length));
  const commands = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(widest)}  ${summary}`);
  return `Usage: slipway COMMAND [options]

${commands.join('\n')}

  slipway COMMAND --help  tells what a command takes
  slipway --version       prints the version

Exit codes: 0 done, 1 the work failed, 2 the command line is wrong,
            3 lost sight of a deployment that goes on, 130 interrupted`;
}
