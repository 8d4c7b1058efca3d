import type { X509Certificate } from 'node:crypto';
import { openSignedMessage } from '../../core/signing/open-signed-message.ts';
import { memberOf, objectAt } from './answer.ts';
import { readRevision } from './revision-location.ts';
import type { RevisionLocation } from './revision-location.ts';
import type { Envelope } from './wire.ts';

/** What a deployment is about. */
export interface DeploymentSpecification {
  readonly deploymentId: string;
  readonly deploymentGroupId: string;
  readonly deploymentGroupName: string;
  readonly applicationName: string;
  readonly deploymentCreator: string;
  readonly deploymentType: string;
  /** Path of the AppSpec below the revision's root. */
  readonly appSpecFilename: string;
  /** The deployment's own setting, unchecked: an AppSpec may overrule it. */
  readonly fileExistsBehavior: string;
  readonly revision: RevisionLocation;
  /** The revision is what an earlier deployment installed: nothing is downloaded, its scripts are run where they lie. */
  readonly revisionIsInstalled?: true;
  /**
   * Events that may run, custom ones among them. Only runs by hand have the list: AWS's command service sends none, and
   * the daemon then knows the default events alone.
   */
  readonly allPossibleLifecycleEvents?: readonly string[];
  /** Opens private repositories on GitHub. A secret: it must not reach a log, a file or another host. */
  readonly gitHubAccessToken?: string;
}

/**
 * Opens the envelope of a specification, plain (`TEXT/JSON`) or signed (`PKCS7/JSON`):
 *
 *     {"DeploymentId":"d-ABCDEF123","DeploymentGroupId":"…","DeploymentGroupName":"web-fleet","ApplicationName":"web",
 *      "AgentActionOverrides":{"AgentOverrides":{"FileExistsBehavior":"DISALLOW"}},
 *      "Revision":{"RevisionType":"S3","S3Revision":{"Bucket":"b","Key":"k.zip","BundleType":"zip"}}}
 *
 * @param signer whose signature it must bear; without one, any signature that holds will do, and a plain envelope as well
 * @throws Error that says what is wrong with it, in the words of AWS's agent where it has them
 */
export function readDeploymentSpecification(envelope: Envelope, signer?: X509Certificate): DeploymentSpecification {
  const specification = JSON.parse(textOf(envelope, signer)) as unknown;
  const required = (key: string): string => {
    const value = memberOf(specification, key);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`Deployment Spec has no ${key}`);
  };
  const optional = (key: string, otherwise: string): string => {
    const value = memberOf(specification, key);
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const overrides = objectAt(objectAt(specification, 'AgentActionOverrides'), 'AgentOverrides');
  const behavior = memberOf(overrides, 'FileExistsBehavior');
  const gitHubAccessToken = optional('GitHubAccessToken', '');
  return {
    deploymentId: plainName(deploymentIdOf(required('DeploymentId')), 'DeploymentId'),
    deploymentGroupId: plainName(required('DeploymentGroupId'), 'DeploymentGroupId'),
    deploymentGroupName: required('DeploymentGroupName'),
    applicationName: required('ApplicationName'),
    deploymentCreator: optional('DeploymentCreator', 'user'),
    deploymentType: optional('DeploymentType', 'IN_PLACE'),
    appSpecFilename: optional('AppSpecFilename', 'appspec.yml'),
    fileExistsBehavior: typeof behavior === 'string' && behavior !== '' ? behavior.toUpperCase() : 'DISALLOW',
    revision: readRevision(objectAt(specification, 'Revision')),
    ...(memberOf(specification, 'RevisionIsInstalled') === true ? { revisionIsInstalled: true } : {}),
    ...(gitHubAccessToken ? { gitHubAccessToken } : {}),
  };
}

function textOf({ Format, Payload }: Envelope, signer: X509Certificate | undefined): string {
  switch (Format) {
    case 'PKCS7/JSON': {
      const { text, certificate } = openSignedMessage(Payload);
      if (!signer || certificate.raw.equals(signer.raw)) return text;
      throw new Error(
        `The deployment specification is signed by ${certificate.subject} (${certificate.fingerprint256}), which is not the specification_signer_certificate of this host`,
      );
    }
    case 'TEXT/JSON':
      if (!signer) return Payload;
      throw new Error(
        'The deployment specification is not signed, and this host takes none without the signature of its specification_signer_certificate',
      );
    default:
      throw new Error(
        `Unsupported DeploymentSpecification format: ${Format}; this agent reads TEXT/JSON and PKCS7/JSON`,
      );
  }
}

/** The id, or the id at the end of an ARN. */
function deploymentIdOf(text: string): string {
  if (!text.startsWith('arn:')) return text;
  const [, id] = (text.split(':')[5] ?? '').split('/');
  return id ?? text;
}

/** Both ids name directories: one that leads elsewhere is refused before anything is written. */
function plainName(text: string, key: string): string {
  if (/^[A-Za-z0-9_.@-]+$/.test(text) && !/^\.+$/.test(text)) return text;
  throw new Error(`Deployment Spec has a ${key} that is no plain name: ${text}`);
}
