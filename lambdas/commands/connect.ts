import { SFNClient } from '@aws-sdk/client-sfn';

import { GitHubTokenUnusable, type GitHubTokens } from '../../adapters/parameter-store/github-tokens.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { type InstallationKeys, readInstallationKeys } from '../../core/signing/installation-keys.ts';
import { readEnvironment } from '../environment.ts';
import { connectGitHubTokens } from '../github-tokens.ts';
import { PowertoolsTelemetry, type Telemetry } from '../telemetry.ts';
import type { Ports } from './call.ts';
import { InvalidRequest } from './faults.ts';

/** The ports of the command service on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): Ports & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  const secretDoorUrl = environment['SLIPWAY_SECRET_DOOR_URL'];
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  const gitHubTokens = connectGitHubTokens(environment);
  const telemetry = new PowertoolsTelemetry();
  return {
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    mailboxes: new TableMailboxes(table, clock),
    taskTokens: new StepFunctionsTaskTokens(new SFNClient({})),
    telemetry,
    clock,
    installationKeys: onceRead(() => readKeys(environment['SLIPWAY_KEYS'])),
    gitHubAccessToken: (repository) => tokenOrNone(repository, gitHubTokens, telemetry),
    ...(secretDoorUrl && { secretDoorUrl }),
  };
}

/** Without its token a host is refused by GitHub, and says so; without its specification it would say nothing at all. */
async function tokenOrNone(
  repository: string,
  gitHubTokens: GitHubTokens,
  telemetry: Pick<Telemetry, 'warn'>,
): Promise<string | undefined> {
  try {
    return await gitHubTokens.for(repository);
  } catch (error) {
    if (!(error instanceof GitHubTokenUnusable)) throw error;
    telemetry.warn('a repository has no token', { repository, reason: error.message });
    return undefined;
  }
}

/** Systems Manager's client is loaded with the first call that needs it: a fleet with our agent never pays for it. */
async function readKeys(parameterName: string | undefined): Promise<InstallationKeys> {
  if (!parameterName) throw new InvalidRequest('This engine serves no agent of AWS’s: deploy it with awsAgents: true');
  const { connectSecretParameter } = await import('../../adapters/parameter-store/secret-parameter.ts');
  const kept = await connectSecretParameter(parameterName).read();
  if (kept === undefined) throw new Error(`There is no parameter ${parameterName}: deploy the engine again`);
  return readInstallationKeys(kept);
}

/** Remembers what was read, but no failure. */
function onceRead<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () =>
    (known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    }));
}
