import { CreateDeploymentCommand } from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient, CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import type { ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import type { FollowOptions } from '../following/follow-deployment.ts';
import { followDeployment } from '../following/follow-deployment.ts';
import type { Terminal } from '../terminal.ts';
import { describeRevision } from './describe-revision.ts';

export interface StartOptions extends FollowOptions {
  readonly noFollow: boolean;
}

/** Creates a deployment and, unless told otherwise, follows it. Alone, standard output is its id. */
export async function startDeployment(
  client: CodeDeployClient,
  input: CreateDeploymentInput,
  { noFollow, ...options }: StartOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { deploymentId = '' } = await client.send(new CreateDeploymentCommand(input));
  const { applicationName, deploymentGroupName, revision } = input;
  terminal.note(
    `Deploying ${describeRevision(revision)} to ${applicationName}/${deploymentGroupName}: ${deploymentId}`,
  );
  if (!noFollow) return followDeployment(client, deploymentId, options, terminal);
  terminal.print(options.json ? JSON.stringify({ deploymentId, revision }) : deploymentId);
  return EXIT.ok;
}
