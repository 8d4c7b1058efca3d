import { GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Command, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { withConnection } from '../connection/connect.ts';
import { callEngine } from '../connection/engine-call.ts';
import type { ConnectionValues } from '../connection/options.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { GROUP_OPTIONS, requireGroup } from '../deploying/group-options.ts';
import { deploymentReport } from '../describing/deployment-report.ts';
import { groupReport } from '../describing/group-report.ts';
import type { LaunchesInfo } from '../describing/launches-report.ts';
import { launchesReport } from '../describing/launches-report.ts';
import { FOLLOW_OPTIONS, FOLLOW_USAGE, followDeployment, readFollowOptions } from '../following/follow-deployment.ts';
import { Observer } from '../following/observer.ts';
import { readArguments } from '../read-arguments.ts';
import type { Terminal } from '../terminal.ts';

const USAGE = `Usage: slipway status DEPLOYMENT [options]
       slipway status --application NAME --group NAME [options]

Tells how a deployment stands, with each target and why it failed; or what a
deployment group deploys, and its last deployment.

  -a, --application NAME
  -g, --group NAME
      --follow             watch until the deployment ends; the exit code is then
                           its verdict, as of slipway deploy
${FOLLOW_USAGE}
${CONNECTION_USAGE}

Exit codes: 0 told, 1 there is no such thing, 2 the command line is wrong`;

/** `slipway status`: how a deployment or a deployment group stands. */
export const status: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...GROUP_OPTIONS,
      ...CONNECTION_OPTIONS,
      ...FOLLOW_OPTIONS,
      follow: { type: 'boolean', default: false },
    });
    const options = readFollowOptions(values);
    const [deploymentId, ...others] = positionals;
    if (others.length > 0) throw new UsageError('name one deployment');
    if (deploymentId === undefined) {
      const group = requireGroup(values);
      return withConnection(values, async ({ codeDeploy }) => {
        const last = await tellGroup(codeDeploy, group, options.json, terminal);
        if (!options.json) await tellLaunches(values, group, terminal);
        if (last === undefined) return EXIT.ok;
        return values.follow
          ? followDeployment(codeDeploy, last, options, terminal)
          : tellDeployment(codeDeploy, last, options.json, terminal);
      });
    }
    return withConnection(values, ({ codeDeploy }) =>
      values.follow
        ? followDeployment(codeDeploy, deploymentId, options, terminal)
        : tellDeployment(codeDeploy, deploymentId, options.json, terminal),
    );
  },
};

async function tellDeployment(
  client: CodeDeployClient,
  deploymentId: string,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const observation = await new Observer(client, deploymentId).look();
  const { deployment, targets } = observation;
  if (json) terminal.print(JSON.stringify({ deployment, targets: [...targets.values()] }, undefined, 2));
  else for (const line of deploymentReport(observation, terminal.style)) terminal.print(line);
  return EXIT.ok;
}

/** Nothing is said where launches go well. */
async function tellLaunches(values: ConnectionValues, group: DeploymentGroupName, terminal: Terminal): Promise<void> {
  const launches = await callEngine<LaunchesInfo>(values, 'DescribeLaunches', group);
  for (const line of launchesReport(launches)) terminal.print(line);
}

/** @returns the deployment that was attempted last. With JSON the group is left out: there is one document. */
async function tellGroup(
  client: CodeDeployClient,
  group: DeploymentGroupName,
  json: boolean,
  terminal: Terminal,
): Promise<string | undefined> {
  const { deploymentGroupInfo = {} } = await client.send(new GetDeploymentGroupCommand({ ...group }));
  const last = deploymentGroupInfo.lastAttemptedDeployment?.deploymentId;
  if (!json) for (const line of groupReport(deploymentGroupInfo)) terminal.print(line);
  else if (last === undefined) terminal.print(JSON.stringify({ deployment: null, targets: [] }));
  return last;
}
