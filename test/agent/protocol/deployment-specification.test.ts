import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readDeploymentSpecification } from '../../../agent/protocol/deployment-specification.ts';
import { signedMessage } from '../../../core/signing/signed-message.ts';
import type { Signer } from '../../../core/signing/signed-message.ts';
import { aSigner } from '../support/signer.ts';

const S3 = { RevisionType: 'S3', S3Revision: { Bucket: 'b', Key: 'k.zip', BundleType: 'zip' } };
const ON_GITHUB = { Account: 'acme', Repository: 'web', CommitId: 'c0ffee' };
const SMALLEST = {
  DeploymentId: 'd-ABCDEF123',
  DeploymentGroupId: 'group-1',
  DeploymentGroupName: 'web-fleet',
  ApplicationName: 'web',
  Revision: S3,
};

const read = (specification: object, format = 'TEXT/JSON') =>
  readDeploymentSpecification({ Format: format, Payload: JSON.stringify(specification) });

describe('a deployment specification', () => {
  it('has defaults for all but names and revision', () => {
    expect(read(SMALLEST)).toEqual({
      deploymentId: 'd-ABCDEF123',
      deploymentGroupId: 'group-1',
      deploymentGroupName: 'web-fleet',
      applicationName: 'web',
      deploymentCreator: 'user',
      deploymentType: 'IN_PLACE',
      appSpecFilename: 'appspec.yml',
      fileExistsBehavior: 'DISALLOW',
      revision: { type: 'S3', bucket: 'b', key: 'k.zip', bundleType: 'zip' },
    });
  });

  it('may name the deployment by ARN and set what happens to existing files', () => {
    const specification = read({
      ...SMALLEST,
      DeploymentId: 'arn:aws:codedeploy:us-east-1:111122223333:deployment/d-ABCDEF123',
      AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: 'retain' } },
    });

    expect(specification).toMatchObject({ deploymentId: 'd-ABCDEF123', fileExistsBehavior: 'RETAIN' });
  });

  it('may place the revision on GitHub, which packs it as a tar unless told otherwise', () => {
    expect(read({ ...SMALLEST, Revision: { RevisionType: 'GitHub', GitHubRevision: ON_GITHUB } })).toMatchObject({
      revision: { type: 'GitHub', account: 'acme', repository: 'web', commitId: 'c0ffee', bundleType: 'tar' },
    });
    expect(
      read({
        ...SMALLEST,
        GitHubAccessToken: 'a-secret',
        Revision: { RevisionType: 'GitHub', GitHubRevision: { ...ON_GITHUB, BundleType: 'zip', Anonymous: true } },
      }),
    ).toMatchObject({ revision: { bundleType: 'zip' }, gitHubAccessToken: 'a-secret' });
  });

  it.each([
    [{ DeploymentId: '' }, 'Deployment Spec has no DeploymentId'],
    [{ DeploymentGroupId: null }, 'Deployment Spec has no DeploymentGroupId'],
    [{ DeploymentGroupName: 5 }, 'Deployment Spec has no DeploymentGroupName'],
    [{ ApplicationName: undefined }, 'Deployment Spec has no ApplicationName'],
    [{ DeploymentId: '../d-1' }, 'Deployment Spec has a DeploymentId that is no plain name: ../d-1'],
    [{ DeploymentGroupId: '..' }, 'Deployment Spec has a DeploymentGroupId that is no plain name: ..'],
    [{ Revision: undefined }, 'Must specify a revison'],
    [{ Revision: {} }, 'Must specify a revision source'],
    [{ Revision: { RevisionType: 'Local File' } }, /^Exactly one of S3Revision, GitHubRevision, or LocalRevision/],
    [{ Revision: { RevisionType: 'S3' } }, 'S3Revision in Deployment Spec must specify Bucket, Key and BundleType'],
    [
      { Revision: { RevisionType: 'S3', S3Revision: { Bucket: 'b', Key: 'k', BundleType: 'rar' } } },
      'BundleType in S3Revision must be tar, tgz or zip',
    ],
    [
      { Revision: { RevisionType: 'GitHub', GitHubRevision: { Account: 'a' } } },
      'GitHubRevision in Deployment Spec must specify Account, Repository and CommitId',
    ],
    [
      { Revision: { RevisionType: 'GitHub', GitHubRevision: { ...ON_GITHUB, Anonymous: false } } },
      'GitHubRevision in Deployment Spec must specify Account, Repository and CommitId',
    ],
    [
      { Revision: { RevisionType: 'GitHub', GitHubRevision: { ...ON_GITHUB, BundleType: 'tgz' } } },
      'GitHub revision specified with bundle_type other than zip or tar [bundle_type=tgz]',
    ],
  ])('is refused with %j', (fault, message) => {
    expect(() => read({ ...SMALLEST, ...fault })).toThrow(message);
  });

  it('is refused in an envelope that this agent cannot open', () => {
    expect(() => read(SMALLEST, 'XML')).toThrow(
      'Unsupported DeploymentSpecification format: XML; this agent reads TEXT/JSON and PKCS7/JSON',
    );
  });
});

describe('a signed deployment specification', () => {
  const [ours, theirs] = [aSigner('ours'), aSigner('theirs')];
  const signedBy = (signer: Signer) => ({
    Format: 'PKCS7/JSON',
    Payload: signedMessage(JSON.stringify(SMALLEST), signer),
  });
  const pinned = new X509Certificate(ours.certificate);

  it('is read, whoever signed it, where nobody in particular must have', () => {
    expect(readDeploymentSpecification(signedBy(theirs))).toEqual(read(SMALLEST));
  });

  it('must bear the signature of the host’s choice, where there is one', () => {
    expect(readDeploymentSpecification(signedBy(ours), pinned)).toEqual(read(SMALLEST));
    expect(() => readDeploymentSpecification(signedBy(theirs), pinned)).toThrow(
      /^The deployment specification is signed by CN=theirs \([\dA-F:]{95}\), which is not the specification_signer_certificate/,
    );
    expect(() =>
      readDeploymentSpecification({ Format: 'TEXT/JSON', Payload: JSON.stringify(SMALLEST) }, pinned),
    ).toThrow(/^The deployment specification is not signed, and this host takes none without/);
  });

  it('is refused when it was changed on its way', () => {
    const { Payload } = signedBy(theirs);
    const message = `-----BEGIN PKCS7-----\n${Buffer.from(
      Buffer.from(Payload.replace(/-----.*-----/g, ''), 'base64')
        .toString('latin1')
        .replace('d-ABCDEF123', 'd-ABCDEF124'),
      'latin1',
    ).toString('base64')}\n-----END PKCS7-----\n`;

    expect(() => readDeploymentSpecification({ Format: 'PKCS7/JSON', Payload: message })).toThrow(
      'The signature of the PKCS7 does not hold: it was changed, or signed by another key',
    );
  });
});
