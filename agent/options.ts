import { parseArgs } from 'node:util';
import { DEFAULT_CONFIG_FILE } from './config/agent-config.ts';

export type Options = { readonly action: 'run'; readonly configFile: string } | { readonly action: 'help' | 'version' };

export const USAGE = `Usage: slipway-agent [--config FILE]

Carries out the deployments of one host: asks its command service for lifecycle
events, downloads and installs revisions, runs their scripts and reports.

  --config FILE  configuration, YAML (default ${DEFAULT_CONFIG_FILE})
  --version      print the version
  --help         print this text

Environment
  DESTDIR        place every path of the agent and of the AppSpec below this directory
`;

/** Reads the command line. @throws Error that names an unknown option */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { config: { type: 'string' }, help: { type: 'boolean' }, version: { type: 'boolean' } },
  });
  if (values.help) return { action: 'help' };
  if (values.version) return { action: 'version' };
  return { action: 'run', configFile: values.config ?? DEFAULT_CONFIG_FILE };
}
