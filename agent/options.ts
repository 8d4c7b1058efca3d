import { parseArgs } from 'node:util';
import { DEFAULT_CONFIG_FILE } from './config/agent-config.ts';

export type Options =
  { readonly action: 'run' | 'status'; readonly configFile: string } | { readonly action: 'help' | 'version' };

export const USAGE = `Usage: slipway-agent [--config FILE] [--status]

Carries out the deployments of one host: asks its command service for lifecycle
events, downloads and installs revisions, runs their scripts and reports.

  --config FILE  configuration, YAML (default ${DEFAULT_CONFIG_FILE})
  --status       tell how the agent of this host is, and exit
  --version      print the version
  --help         print this text

Signals
  TERM, INT      begin no new event, let the running script end, report, exit;
                 a second one ends the script

Exit codes
  0  ended as asked; with --status: runs, and its command service answers
  1  the command line or the configuration is not right
  3  with --status: does not run
  4  with --status: runs, and its command service does not answer

Environment, beside what hook scripts shall inherit
  DESTDIR          place every path of the agent and of the AppSpec below this
                   directory
  AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS,
  AWS_EC2_METADATA_SERVICE_ENDPOINT
                   other places for S3, CloudWatch Logs and instance metadata
`;

/** Reads the command line. @throws Error that names an unknown option */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string' },
      help: { type: 'boolean' },
      version: { type: 'boolean' },
      status: { type: 'boolean' },
    },
  });
  if (values.help) return { action: 'help' };
  if (values.version) return { action: 'version' };
  return { action: values.status ? 'status' : 'run', configFile: values.config ?? DEFAULT_CONFIG_FILE };
}
