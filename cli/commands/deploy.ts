import { FileExistsBehavior, RegisterApplicationRevisionCommand } from '@aws-sdk/client-codedeploy';
import type { CreateDeploymentInput, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Command } from '../command.ts';
import { UsageError } from '../command.ts';
import { withConnection } from '../connection/connect.ts';
import type { Connection } from '../connection/connect.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { GROUP_OPTIONS, requireGroup } from '../deploying/group-options.ts';
import { gitHubRevision, s3Revision } from '../deploying/named-revision.ts';
import { packageRevision } from '../deploying/package-revision.ts';
import { startDeployment } from '../deploying/start-deployment.ts';
import { upload } from '../deploying/upload.ts';
import { FOLLOW_OPTIONS, FOLLOW_USAGE, readFollowOptions } from '../following/follow-deployment.ts';
import { readArguments } from '../read-arguments.ts';
import type { Terminal } from '../terminal.ts';

const USAGE = `Usage: slipway deploy DIRECTORY|BUNDLE --application NAME --group NAME --bucket NAME [options]
       slipway deploy --s3-location s3://BUCKET/KEY --application NAME --group NAME [options]
       slipway deploy --github-location OWNER/REPO@COMMIT --application NAME --group NAME [options]

Deploys a revision to a deployment group and follows the deployment to its end. A
directory is checked as slipway validate does, packed, and uploaded under a key that
its content gives: what lies there already is not uploaded again. Ctrl-C ends the
watching, not the deployment.

  -a, --application NAME
  -g, --group NAME         the deployment group
  -b, --bucket NAME        where a directory or bundle is uploaded to
                           (default $SLIPWAY_BUCKET)
  -c, --config NAME        the deployment config (default the group's)
      --description TEXT
      --file-exists-behavior DISALLOW|OVERWRITE|RETAIN
      --ignore-application-stop-failures
      --update-outdated-instances-only
      --no-follow          print the deployment's id and leave
${FOLLOW_USAGE}
${CONNECTION_USAGE}

Exit codes: 0 Succeeded, 1 Failed or Stopped, or nothing was started, 2 the command
line is wrong, 3 lost sight of the deployment, 130 interrupted`;

const OPTIONS = {
  ...GROUP_OPTIONS,
  ...CONNECTION_OPTIONS,
  ...FOLLOW_OPTIONS,
  bucket: { type: 'string', short: 'b' },
  config: { type: 'string', short: 'c' },
  description: { type: 'string' },
  's3-location': { type: 'string' },
  'github-location': { type: 'string' },
  'file-exists-behavior': { type: 'string' },
  'ignore-application-stop-failures': { type: 'boolean', default: false },
  'update-outdated-instances-only': { type: 'boolean', default: false },
  'no-follow': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

/** `slipway deploy`: from a directory to the verdict of its deployment. */
export const deploy: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS);
    const group = requireGroup(values);
    const revisionOf = readRevision(values, positionals, terminal);
    const input = readDeployment(values);
    const follow = { ...readFollowOptions(values), noFollow: values['no-follow'] };
    return withConnection(values, async (connection) => {
      const revision = await revisionOf(connection, group.applicationName);
      return startDeployment(connection.codeDeploy, { ...group, ...input, revision }, follow, terminal);
    });
  },
};

type RevisionOf = (connection: Connection, applicationName: string) => Promise<RevisionLocation>;

/** @throws UsageError unless exactly one revision is named */
function readRevision(values: Values, positionals: readonly string[], terminal: Terminal): RevisionOf {
  const { 's3-location': s3, 'github-location': gitHub } = values;
  const [path, ...more] = positionals;
  const named = [path, ...more, s3, gitHub].filter((each) => each !== undefined);
  if (named.length !== 1) throw new UsageError('name one directory or bundle, --s3-location, or --github-location');
  const revision = s3 !== undefined ? s3Revision(s3) : gitHub !== undefined ? gitHubRevision(gitHub) : undefined;
  if (revision) return () => Promise.resolve(revision);

  const bucket = values.bucket ?? process.env['SLIPWAY_BUCKET'];
  if (!bucket) throw new UsageError('--bucket NAME is missing, the S3 bucket that revisions are uploaded to');
  return (connection, applicationName) => uploaded(path ?? '', { bucket, applicationName }, connection, terminal);
}

async function uploaded(
  path: string,
  place: { readonly bucket: string; readonly applicationName: string },
  connection: Connection,
  terminal: Terminal,
): Promise<RevisionLocation> {
  const bundle = await packageRevision(path, terminal);
  try {
    const { location: s3Location, isNew } = await upload(bundle, place, connection);
    terminal.note(
      `${isNew ? 'Uploaded' : 'Already uploaded:'} s3://${s3Location.bucket}/${s3Location.key} (${bundle.bytes} bytes)`,
    );
    const revision: RevisionLocation = { revisionType: 'S3', s3Location };
    const { applicationName } = place;
    await connection.codeDeploy.send(new RegisterApplicationRevisionCommand({ applicationName, revision }));
    return revision;
  } finally {
    await bundle.close();
  }
}

function readDeployment(values: Values): Omit<CreateDeploymentInput, 'applicationName'> {
  const { config, description } = values;
  const fileExistsBehavior = readFileExistsBehavior(values['file-exists-behavior']);
  return {
    ...(config !== undefined && { deploymentConfigName: config }),
    ...(description !== undefined && { description }),
    ...(fileExistsBehavior && { fileExistsBehavior }),
    ...(values['ignore-application-stop-failures'] && { ignoreApplicationStopFailures: true }),
    ...(values['update-outdated-instances-only'] && { updateOutdatedInstancesOnly: true }),
  };
}

function readFileExistsBehavior(text: string | undefined): FileExistsBehavior | undefined {
  const behaviors = Object.values(FileExistsBehavior);
  const found = behaviors.find((behavior) => behavior === text);
  if (text === undefined || found) return found;
  throw new UsageError(`--file-exists-behavior ${text} is not known: give ${behaviors.join(', ')}`);
}
