import type { Command, ExitCode } from '../command.ts';
import { CommandError, EXIT } from '../command.ts';
import { callEngine } from '../connection/engine-call.ts';
import { explained } from '../connection/explain.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { doctorReport, type Examination } from '../describing/doctor-report.ts';
import { readArguments } from '../read-arguments.ts';
import type { Terminal } from '../terminal.ts';

const USAGE = `Usage: slipway doctor [options]

Examines the lifecycle hooks of all Auto Scaling groups, and what depends on
them: hooks that are missing, orphaned, duplicated or edited, messages that do
not arrive, groups that AWS CodeDeploy serves as well, instances that were
never deployed to, launches that are held. Each finding comes with its remedy.

      --auto-scaling-group NAME
                           only this one
      --fix                mend what is the engine's own: its hooks
      --json               print the findings as JSON
${CONNECTION_USAGE}

Exit codes: 0 all is well, or was mended, 1 there are findings, 2 the command
line is wrong, 3 the engine could not be asked`;

/** `slipway doctor`: what is not as it should be, and what helps. */
export const doctor: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values } = readArguments(args, {
      ...CONNECTION_OPTIONS,
      'auto-scaling-group': { type: 'string' },
      fix: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const scope = { autoScalingGroupName: values['auto-scaling-group'] };
    const operation = values.fix ? 'MendFindings' : 'Examine';
    const ask = () => callEngine<Examination>(values, operation, scope);
    const examination = await unlessOutOfReach(() => explained(ask), terminal);
    if (examination === 'lost') return EXIT.lost;
    terminal.print(values.json ? JSON.stringify(examination) : doctorReport(examination, terminal));
    return verdictOn(examination);
  },
};

/** A pipeline must tell a fleet that is ill from one that nobody could look at. */
async function unlessOutOfReach<Result>(ask: () => Promise<Result>, terminal: Terminal): Promise<Result | 'lost'> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.note(`slipway doctor: ${error.message}`);
    return 'lost';
  }
}

function verdictOn({ findings }: Examination): ExitCode {
  return findings.length === 0 ? EXIT.ok : EXIT.failed;
}
