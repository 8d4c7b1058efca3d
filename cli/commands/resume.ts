import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { callEngine } from '../connection/engine-call.ts';
import { explained } from '../connection/explain.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { describeRevision } from '../deploying/describe-revision.ts';
import { GROUP_OPTIONS, requireGroup } from '../deploying/group-options.ts';
import type { LaunchesInfo } from '../describing/launches-report.ts';
import { readArguments } from '../read-arguments.ts';

const USAGE = `Usage: slipway resume --application NAME --group NAME [options]

Lets revisions be launched again whose launches kept failing, and resumes the
launches that the engine holds. What somebody else has suspended stays so.

  -a, --application NAME
  -g, --group NAME
      --json             print the answer as JSON
${CONNECTION_USAGE}

Exit codes: 0 launches go on, 1 they do not, 2 the command line is wrong`;

/** `slipway resume`: another chance for launches. */
export const resume: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values } = readArguments(args, {
      ...GROUP_OPTIONS,
      ...CONNECTION_OPTIONS,
      json: { type: 'boolean', default: false },
    });
    const group = requireGroup(values);
    const launches = await explained(() => callEngine<LaunchesInfo>(values, 'ResumeLaunches', group));
    terminal.print(values.json ? JSON.stringify(launches) : whatBecomesOf(launches, nameOf(group)));
    return launches.stillHeldFor?.length ? EXIT.failed : EXIT.ok;
  },
};

function whatBecomesOf({ revision, stillHeldFor = [] }: LaunchesInfo, name: string): string {
  if (stillHeldFor.length > 0) {
    const others = [...new Set(stillHeldFor.map(nameOf))].join(', ');
    return `Launches for ${name} may go on, but stay held for ${others}, on the same instances: resume those as well`;
  }
  return `Launches of ${name} go on with ${revision ? describeRevision(revision) : 'no revision: it has none yet'}`;
}

function nameOf(group: { readonly applicationName: string; readonly deploymentGroupName: string }): string {
  return `${group.applicationName}/${group.deploymentGroupName}`;
}
