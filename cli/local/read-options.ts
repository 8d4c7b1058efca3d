import { UsageError } from '../command.ts';
import { readArguments } from '../read-arguments.ts';
import { readBundleLocation } from './bundle-location.ts';
import type { HostOptions } from './host.ts';
import type { LocalOptions } from './local-specification.ts';

export const USAGE = `Usage: slipway local [LOCATION] [options]

Runs a revision's lifecycle events on this machine, by the host agent's own code
and without any service: the counterpart of AWS's codedeploy-local.

  LOCATION, -l, --bundle-location LOCATION
      a directory or bundle (default: this directory), s3://BUCKET/KEY, with
      ?versionId=…&etag=… if need be, https://github.com/OWNER/REPOSITORY, or
      https://api.github.com/repos/OWNER/REPOSITORY/tarball/REF (or zipball)
  -t, --type TYPE
      tgz, tar, zip or directory (default: what the location's name says)
  -b, --file-exists-behavior BEHAVIOR
      DISALLOW, OVERWRITE or RETAIN; the AppSpec's beats it (default DISALLOW)
  -g, --deployment-group ID
      (default default-local-deployment-group)
  -d, --deployment-group-name NAME
      (default LocalFleet)
  -a, --application-name NAME
      (default: the location)
  -e, --events EVENT,EVENT…
      run these, in this order; names of your own are allowed (default: all)
  -A, --appspec-filename NAME
      (default appspec.yml, then appspec.yaml)
  -c, --agent-configuration-file FILE
      (default /etc/slipway/agent.yml, if there is one)
      --root DIRECTORY
      where revisions and records are kept (default: the agent's root_dir; for
      others than root, without a configuration, below ~/.local/state/slipway)
      --destdir DIRECTORY
      takes the place of "/": nothing is installed or kept outside it; scripts
      find it in DESTDIR
      --json
      print the outcome as JSON, and what happens meanwhile to standard error
  -v, --version

Exit codes: 0 done, 1 the deployment failed, 2 the command line is wrong`;

const OPTIONS = {
  'bundle-location': { type: 'string', short: 'l' },
  type: { type: 'string', short: 't' },
  'file-exists-behavior': { type: 'string', short: 'b', default: 'DISALLOW' },
  'deployment-group': { type: 'string', short: 'g', default: 'default-local-deployment-group' },
  'deployment-group-name': { type: 'string', short: 'd', default: 'LocalFleet' },
  'application-name': { type: 'string', short: 'a' },
  events: { type: 'string', short: 'e' },
  'agent-configuration-file': { type: 'string', short: 'c' },
  'appspec-filename': { type: 'string', short: 'A', default: 'appspec.yml' },
  root: { type: 'string' },
  destdir: { type: 'string' },
  json: { type: 'boolean', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const;

const FILE_EXISTS_BEHAVIORS = ['DISALLOW', 'OVERWRITE', 'RETAIN'];

export interface LocalCommandLine extends LocalOptions, HostOptions {
  readonly json: boolean;
}

/**
 * @throws UsageError for a wrong command line
 * @throws LocalError for a location that cannot be deployed
 */
export function readLocalOptions(args: readonly string[]): LocalCommandLine | 'version' {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (values.version) return 'version';
  const locations = [...positionals, ...(values['bundle-location'] === undefined ? [] : [values['bundle-location']])];
  if (locations.length > 1) throw new UsageError(`name one location, not ${locations.join(' and ')}`);
  const [bundleLocation = process.cwd()] = locations;
  const behavior = values['file-exists-behavior'];
  if (!FILE_EXISTS_BEHAVIORS.includes(behavior.toUpperCase())) {
    throw new UsageError(`--file-exists-behavior ${behavior} is none of ${FILE_EXISTS_BEHAVIORS.join(', ')}`);
  }
  return {
    bundleLocation,
    revision: readBundleLocation(bundleLocation, values.type),
    fileExistsBehavior: behavior,
    deploymentGroup: values['deployment-group'],
    deploymentGroupName: values['deployment-group-name'],
    applicationName: values['application-name'],
    events: values.events?.split(',').map((event) => event.trim()),
    appSpecFilename: values['appspec-filename'],
    configFile: values['agent-configuration-file'],
    root: values.root,
    destdir: values.destdir,
    json: values.json,
  };
}
