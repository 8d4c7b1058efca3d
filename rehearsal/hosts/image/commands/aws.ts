/**
 * `aws` of the machine image: knows `aws s3 cp`, which is what user data and hook scripts fetch files with.
 * Credentials come from instance metadata and the endpoint from AWS_ENDPOINT_URL, as for any client on the machine.
 */
import { parseArgs } from 'node:util';

/** The AWS CLI's exit code for a command line that it does not understand. */
const USAGE_ERROR = 252;

const OPTIONS = {
  region: { type: 'string' },
  quiet: { type: 'boolean' },
  'only-show-errors': { type: 'boolean' },
  'no-progress': { type: 'boolean' },
} as const;

/** @returns undefined for anything but a copy of one object */
function readCommandLine(args: string[]): { source: string; target: string; quiet: boolean } | undefined {
  try {
    const { positionals, values } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [service, command, source, target, ...rest] = positionals;
    if (service !== 's3' || command !== 'cp' || !source || !target || rest.length > 0) return undefined;
    if (values.region !== undefined) process.env.AWS_REGION = values.region;
    return { source, target, quiet: Boolean(values.quiet ?? values['only-show-errors']) };
  } catch {
    return undefined;
  }
}

const copy = readCommandLine(process.argv.slice(2));
if (copy) {
  const { copyObject } = await import('./copy-object.ts');
  try {
    const done = await copyObject(copy.source, copy.target);
    if (!copy.quiet && copy.target !== '-') console.log(done);
  } catch (error) {
    const { name, message } = error as Error;
    console.error(`fatal error: ${copy.source} to ${copy.target}: ${message} (${name})`);
    process.exitCode = 1;
  }
} else {
  console.error(
    `aws: this machine image's aws only knows "aws s3 cp s3://bucket/key <file|->" and the way back, with --region, ` +
      `--quiet, --only-show-errors and --no-progress; not "aws ${process.argv.slice(2).join(' ')}". ` +
      'Programs reach every service of the rehearsal by an AWS SDK.',
  );
  process.exitCode = USAGE_ERROR;
}
