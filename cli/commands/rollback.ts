import type { Command } from '../command.ts';
import { UsageError } from '../command.ts';
import { withConnection } from '../connection/connect.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { earlierRevision } from '../deploying/earlier-revision.ts';
import { describeRevision } from '../deploying/describe-revision.ts';
import { GROUP_OPTIONS, requireGroup } from '../deploying/group-options.ts';
import { startDeployment } from '../deploying/start-deployment.ts';
import { FOLLOW_OPTIONS, FOLLOW_USAGE, readFollowOptions } from '../following/follow-deployment.ts';
import { readArguments } from '../read-arguments.ts';

const USAGE = `Usage: slipway rollback --application NAME --group NAME [options]

Deploys the revision that last succeeded in the deployment group before the current
one, and follows that deployment. The current one is that of the last deployment,
whatever became of it. A second rollback leads forward again.

  -a, --application NAME
  -g, --group NAME
      --no-follow          print the deployment's id and leave
${FOLLOW_USAGE}
${CONNECTION_USAGE}

Exit codes: as of slipway deploy; 1 also when there is nothing to go back to`;

/** `slipway rollback`: back to what worked. */
export const rollback: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...GROUP_OPTIONS,
      ...CONNECTION_OPTIONS,
      ...FOLLOW_OPTIONS,
      'no-follow': { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')} is too much: name a group by --group`);
    const group = requireGroup(values);
    const options = { ...readFollowOptions(values), noFollow: values['no-follow'] };

    return withConnection(values, async ({ codeDeploy }) => {
      const { current, revision, deploymentId } = await earlierRevision(codeDeploy, group);
      terminal.note(`From ${describeRevision(current)} back to what ${deploymentId} deployed`);
      const description = `Back to the revision of ${deploymentId}`;
      return startDeployment(codeDeploy, { ...group, revision, description }, options, terminal);
    });
  },
};
