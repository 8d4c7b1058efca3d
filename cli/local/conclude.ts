import { join } from 'node:path';
import type { ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { EventReport } from './run-deployment.ts';

export interface Concluded {
  readonly deploymentId: string;
  /** The deployment's own, with bundle, unpacked revision and log. */
  readonly directory: string;
  readonly archive: string;
}

/** The outcome for machines. */
export function printJson(reports: readonly EventReport[], concluded: Concluded, terminal: Terminal): ExitCode {
  const { deploymentId, directory } = concluded;
  const status = reports.at(-1)?.status ?? 'Succeeded';
  const events = reports.map(({ event, status, seconds, diagnostics }) => ({
    event,
    status,
    seconds: Math.round(seconds * 1000) / 1000,
    message: diagnostics.message,
  }));
  terminal.print(JSON.stringify({ deploymentId, directory, status, events }, undefined, 2));
  return status === 'Succeeded' ? EXIT.ok : EXIT.failed;
}

/** The outcome for people, in the words of AWS's `codedeploy-local`. */
export function printOutcome(reports: readonly EventReport[], { archive }: Concluded, terminal: Terminal): ExitCode {
  const last = reports.at(-1);
  if (last?.status !== 'Failed') {
    terminal.print('AppSpec file valid. Local deployment successful');
    return EXIT.ok;
  }
  const { script_name: script, message } = last.diagnostics;
  if (script === '') {
    terminal.note(`ERROR: ${message}`);
    if (/EACCES|EPERM|permission denied/i.test(message)) {
      terminal.note(
        'To try a revision without touching this machine, install it below a directory: --destdir DIRECTORY',
      );
    }
  } else {
    terminal.note(`Your local deployment failed while trying to execute your script at ${join(archive, script)}`);
    terminal.note(message);
  }
  return EXIT.failed;
}
