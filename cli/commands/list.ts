import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { withConnection } from '../connection/connect.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { GROUP_OPTIONS, requireGroup } from '../deploying/group-options.ts';
import type { Listing } from '../describing/listings.ts';
import { listApplications, listDeployments, listGroups, listRevisions } from '../describing/listings.ts';
import { table } from '../describing/table.ts';
import { readArguments } from '../read-arguments.ts';

const USAGE = `Usage: slipway list applications [options]
       slipway list groups --application NAME [options]
       slipway list revisions --application NAME [options]
       slipway list deployments [--application NAME --group NAME] [options]

Lists what an engine knows; deployments newest first, revisions by their last use.

  -a, --application NAME
  -g, --group NAME
      --limit N            how many deployments at most (default 20)
      --json               print a JSON array
${CONNECTION_USAGE}

Exit codes: 0 listed, 1 there is no such thing, 2 the command line is wrong`;

const OPTIONS = {
  ...GROUP_OPTIONS,
  ...CONNECTION_OPTIONS,
  limit: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];
type Lister = (client: CodeDeployClient) => Promise<Listing>;

/** `slipway list`: applications, deployment groups, revisions, deployments. */
export const list: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS);
    const [what, ...others] = positionals;
    if (what === undefined || others.length > 0) throw new UsageError(`name one of ${KINDS}`);
    const lister = listerFor(what, values);

    const { items, rows } = await withConnection(values, ({ codeDeploy }) => lister(codeDeploy));
    if (values.json) terminal.print(JSON.stringify(items, undefined, 2));
    else for (const line of table(rows)) terminal.print(line);
    if (items.length === 0) terminal.note(`There are no ${what}.`);
    return EXIT.ok;
  },
};

const KINDS = 'applications, groups, revisions, deployments';

/** @throws UsageError */
function listerFor(what: string, values: Values): Lister {
  switch (what) {
    case 'applications':
      return listApplications;
    case 'groups': {
      const application = requireApplication(values);
      return (client) => listGroups(client, application);
    }
    case 'revisions': {
      const application = requireApplication(values);
      return (client) => listRevisions(client, application);
    }
    case 'deployments': {
      const group = values.application === undefined && values.group === undefined ? {} : requireGroup(values);
      const limit = requireLimit(values.limit);
      return (client) => listDeployments(client, group, limit);
    }
    default:
      throw new UsageError(`there are no ${what} to list: name one of ${KINDS}`);
  }
}

function requireApplication({ application }: Values): string {
  if (application) return application;
  throw new UsageError('--application NAME is missing');
}

function requireLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new UsageError(`--limit ${text} is no number of deployments`);
}
