import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { withConnection } from '../connection/connect.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { readArguments } from '../read-arguments.ts';

const USAGE = `Usage: slipway stop DEPLOYMENT [options]

Asks a running deployment to stop. Hosts finish the lifecycle event that they are at;
slipway status DEPLOYMENT --follow shows the end.

      --rollback     deploy the last successful revision afterwards
      --no-rollback  do not, whatever the deployment group says
                     (without either, the group decides)
      --json         print the answer as JSON
${CONNECTION_USAGE}

Exit codes: 0 it stops, 1 it does not, 2 the command line is wrong`;

/** `slipway stop`: the end of a deployment before its time. */
export const stop: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...CONNECTION_OPTIONS,
      rollback: { type: 'boolean', default: false },
      'no-rollback': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [deploymentId, ...others] = positionals;
    if (deploymentId === undefined || others.length > 0) throw new UsageError('name one deployment');
    if (values.rollback && values['no-rollback'])
      throw new UsageError('--rollback and --no-rollback exclude each other');

    const isDecided = values.rollback || values['no-rollback'];
    const { status, statusMessage } = await withConnection(values, ({ codeDeploy }) =>
      codeDeploy.send(
        new StopDeploymentCommand({ deploymentId, ...(isDecided && { autoRollbackEnabled: values.rollback }) }),
      ),
    );
    if (values.json) terminal.print(JSON.stringify({ deploymentId, status, statusMessage }));
    else
      terminal.print(
        `${deploymentId}  ${status === 'Succeeded' ? 'is stopped' : 'stops'}${statusMessage ? `: ${statusMessage}` : ''}`,
      );
    return EXIT.ok;
  },
};
