import type { AppSpecReading } from '../../adapters/revision-bundles/app-spec-reading.ts';
import { checkAppSpec, checkResourceAppSpec, type Finding } from '../../core/app-spec/index.ts';
import type { Application } from '../../core/application.ts';
import {
  type ApplicationRevision,
  type AppSpecText,
  describeApplicationRevision,
  type RegisteredRevision,
} from '../../core/application-revisions/application-revision.ts';
import type { ComputePlatform } from '../../core/deployment-configs/deployment-config.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import { InvalidGitHubAccountToken } from '../errors/github-token-errors.ts';
import { BundleDoesNotExist, FaultyBundle } from '../errors/revision-errors.ts';
import type { Ports } from '../operation.ts';

/** What came of it, for the records of the revision and of its deployment. */
export type BundleCheck = Pick<FleetDeploymentOrder, 'checkedState' | 'statusMessages'>;

/**
 * Reads the AppSpec of a revision and checks it for the platform of its application, unless that was done for the content
 * that it has now. What cannot be read here passes, for hosts read it with a role of their own.
 * @throws InvalidRevision with the line and the remedy of each fault
 * @throws BundleDoesNotExist, InvalidGitHubAccountToken
 */
export async function checkBundle(
  application: Application,
  revision: ApplicationRevision,
  ports: Pick<Ports, 'applicationRevisions' | 'revisionBundles'>,
): Promise<BundleCheck> {
  const known = await ports.applicationRevisions.byIdentity(application, revision);
  const reading =
    'Sha256' in revision
      ? readContent(revision, known)
      : await ports.revisionBundles.readAppSpec(revision, known?.checkedState);
  return judge(reading, revision, application.computePlatform);
}

/** Callers may name by its digest alone what was registered with its content. */
function readContent({ Content }: AppSpecText, known: RegisteredRevision | undefined): AppSpecReading {
  const text = Content ?? (known && 'Sha256' in known.revision ? known.revision.Content : undefined);
  if (text !== undefined) return { kind: 'read', path: 'content', text, state: undefined };
  return { kind: 'gone', reason: 'no content with this sha256 is registered: give the content itself' };
}

function judge(reading: AppSpecReading, revision: ApplicationRevision, platform: ComputePlatform): BundleCheck {
  switch (reading.kind) {
    case 'unchanged':
      return {};
    case 'gone':
      throw new BundleDoesNotExist(revision, reading.reason);
    case 'token-refused':
      throw new InvalidGitHubAccountToken(revision, reading.reason);
    case 'unusable':
      throw new FaultyBundle(revision, [reading.reason]);
    case 'unreadable':
      return {
        statusMessages: [`The AppSpec of ${describeApplicationRevision(revision)} was not checked: ${reading.reason}`],
      };
    case 'read': {
      const faults = faultsIn(reading.text, platform);
      if (faults.length > 0) throw new FaultyBundle(revision, describe(faults, reading.path));
      return { ...(reading.state !== undefined && { checkedState: reading.state }) };
    }
  }
}

function faultsIn(text: string, platform: ComputePlatform): readonly Finding[] {
  if (platform !== 'Server') return checkResourceAppSpec(text, platform);
  return checkAppSpec(text).findings.filter(({ severity }) => severity === 'error');
}

const MOST_FAULTS = 10;

/** As `slipway validate` tells them. */
function describe(faults: readonly Finding[], path: string): string[] {
  const told = faults
    .slice(0, MOST_FAULTS)
    .map(({ line, column, message, remedy }) => `${path}:${line}:${column}: ${message}\n    ${remedy}`);
  return faults.length > MOST_FAULTS ? [...told, `and ${faults.length - MOST_FAULTS} more`] : told;
}
