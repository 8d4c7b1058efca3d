import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentSpecification } from '../../agent/protocol/deployment-specification.ts';
import type { RevisionLocation } from '../../agent/protocol/revision-location.ts';
import { DEFAULT_EVENTS } from './events.ts';
import { LocalError } from './local-error.ts';

export interface LocalOptions {
  readonly bundleLocation: string;
  readonly revision: RevisionLocation;
  readonly fileExistsBehavior: string;
  readonly deploymentGroup: string;
  readonly deploymentGroupName: string;
  readonly applicationName: string | undefined;
  readonly events: readonly string[] | undefined;
  readonly appSpecFilename: string;
}

/** The specification that a command service would have sent for this deployment. @throws LocalError */
export function localSpecification(options: LocalOptions): DeploymentSpecification {
  const { deploymentGroup, revision, appSpecFilename } = options;
  if (!/^[A-Za-z0-9_.@-]*[A-Za-z0-9_@-][A-Za-z0-9_.@-]*$/.test(deploymentGroup)) {
    throw new LocalError(`deployment group ${deploymentGroup} names a directory: use letters, digits and -_.@ only`);
  }
  if (revision.type === 'Local' && revision.bundleType === 'directory') {
    requireAppSpec(revision.location, appSpecFilename);
  }
  return {
    deploymentId: `d-${randomName(9)}-local`,
    deploymentGroupId: deploymentGroup,
    deploymentGroupName: options.deploymentGroupName,
    applicationName: options.applicationName ?? options.bundleLocation,
    deploymentCreator: 'user',
    deploymentType: 'IN_PLACE',
    appSpecFilename,
    fileExistsBehavior: options.fileExistsBehavior.toUpperCase(),
    revision,
    allPossibleLifecycleEvents: [...new Set([...DEFAULT_EVENTS, ...(options.events ?? [])])],
  };
}

function requireAppSpec(directory: string, name: string): void {
  const names = name === 'appspec.yml' ? [name, 'appspec.yaml'] : [name];
  if (names.some((candidate) => existsSync(join(directory, candidate)))) return;
  const [files, paths] = [names.join(' or '), names.map((candidate) => `${directory}/${candidate}`).join(' or ')];
  throw new LocalError(
    `Expecting appspec file at location ${paths} but it is not found there. Please either run the CLI from within a directory containing the ${files} file or specify a bundle location containing an ${files} file in its root directory`,
  );
}

function randomName(length: number): string {
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
}
