import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
  type S3Location,
} from '@aws-sdk/client-codedeploy';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { localS3 } from '../../adapters/revision-bundles/local-s3.ts';
import { handmadeZip } from '../../agent/support/bundles.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';
import { storedBundles } from '../support/stored-bundles.ts';

const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };
const RIGHT = 'version: 0.0\nos: linux\n';
const FAULTY = 'version: 0.0\nos: linux\nfiles:\n  - source: /\npermissions:\n  - mode: 644\n';

const states = mockClient(SFNClient);
const s3 = localS3();
const api = serveApi(storedBundles(s3));

const bundle = (members: Partial<S3Location> = {}): RevisionLocation => ({
  revisionType: 'S3',
  s3Location: { bucket: s3.bucket, key: 'web.zip', bundleType: 'zip', ...members },
});
const put = (appSpec: string) => s3.put('web.zip', handmadeZip([{ name: 'appspec.yml', content: appSpec }]));
const register = (revision = bundle()) =>
  api.client.send(new RegisterApplicationRevisionCommand({ applicationName: 'web', revision }));
const create = async (revision = bundle()) =>
  (await api.client.send(new CreateDeploymentCommand({ ...FLEET, revision }))).deploymentId ?? '';
const isRegistered = async (revision = bundle()) =>
  (await refusal(api.client.send(new GetApplicationRevisionCommand({ applicationName: 'web', revision }))).catch(
    () => undefined,
  )) === undefined;

/** How S3 refused since the beginning of the test. */
let refusals: (number | undefined)[];
/** Whether the API may not read the bucket. */
let isForbidden: boolean;

beforeEach(async () => {
  [refusals, isForbidden] = [[], false];
  s3.client.middlewareStack.add(
    (next) => async (args) => {
      if (isForbidden) throw FORBIDDEN;
      return next(args).catch((error: S3ServiceException) => {
        refusals.push(error.$metadata.httpStatusCode);
        throw error;
      });
    },
    { step: 'initialize', name: 'witness' },
  );
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
  await api.client.send(
    new CreateDeploymentGroupCommand({ ...FLEET, serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy' }),
  );
});
afterEach(() => {
  s3.client.middlewareStack.remove('witness');
});

const FORBIDDEN = new S3ServiceException({
  name: 'AccessDenied',
  message: 'Access Denied',
  $fault: 'client',
  $metadata: { httpStatusCode: 403 },
});

describe.each([
  ['RegisterApplicationRevision', register],
  ['CreateDeployment', create],
] as const)('%s', (_, call) => {
  it('refuses a bundle with a faulty AppSpec, with the line and the remedy of each fault', async () => {
    await put(FAULTY);

    const refused = await refusal(call());

    expect(refused.name).toBe('InvalidRevisionException');
    expect(refused.message.split('\n')).toEqual([
      's3://revisions/web.zip cannot be deployed:',
      expect.stringMatching(/^appspec\.yml:4:5: .*only a source file \(\/\)/),
      '    add "destination:", the directory on the host that receives it',
      expect.stringMatching(/^appspec\.yml:6:5: .*has no object value/),
      expect.stringMatching(/^ {4}add "object:"/),
    ]);
    expect(await isRegistered()).toBe(false);
    expect((await api.client.send(new ListDeploymentsCommand({}))).deployments).toEqual([]);
    expect(states.calls()).toEqual([]);
  });

  it.each<readonly [string, string | Buffer, string]>([
    ['that is no bundle', 'hello', 'it is no zip archive'],
    ['without an AppSpec', handmadeZip([{ name: 'readme' }]), 'it has no appspec.yml at its top: put one there'],
  ])('refuses an object %s', async (_case, content, reason) => {
    await s3.put('web.zip', content);

    const refused = await refusal(call());

    expect(refused.name).toBe('InvalidRevisionException');
    expect(refused.message).toContain(reason);
  });

  it('does not read an object again that was checked', async () => {
    await put(RIGHT);
    await call();

    await register();

    expect(refusals).toEqual([304]);
  });

  it('reads it again once it was overwritten', async () => {
    await put(RIGHT);
    await call();
    await put(FAULTY);

    const refused = await refusal(call === create ? register() : create());

    expect(refused.name).toBe('InvalidRevisionException');
  });

  it('takes an object that is not ours to read, for hosts may read it', async () => {
    isForbidden = true;

    await call();

    expect(await isRegistered()).toBe(true);
  });
});

it('registers what GitHub does not open to the token of its owner, and does not deploy it', async () => {
  const gitHubLocation = { repository: 'acme/web', commitId: '5f70bf18a086007016e948b04aed3b82103a36be' };
  const revision: RevisionLocation = { revisionType: 'GitHub', gitHubLocation };
  const reading = { kind: 'token-refused', reason: 'GitHub answers 401 Unauthorized' } as const;
  api.ports = { ...api.ports, revisionBundles: { readAppSpec: () => Promise.resolve(reading) } };
  await register(revision);

  const refused = await refusal(create(revision));

  expect(await isRegistered(revision)).toBe(true);
  expect(refused.name).toBe('InvalidGitHubAccountTokenException');
  expect(refused.message).toContain('GitHub answers 401 Unauthorized');
});

it('says of a deployment whose AppSpec could not be read that nobody checked it', async () => {
  isForbidden = true;

  const deploymentId = await create();

  const { deploymentInfo } = await api.client.send(new GetDeploymentCommand({ deploymentId }));
  expect(deploymentInfo?.deploymentStatusMessages).toEqual([
    'The AppSpec of s3://revisions/web.zip was not checked: S3 answers AccessDenied: Access Denied',
  ]);
});

it.each<readonly [string, RevisionLocation, string]>([
  ['an object that is not there', bundle({ key: 'other.zip' }), 'S3 answers NoSuchKey'],
  ['an object that was overwritten', bundle({ eTag: 'c0ffee' }), 'another object lies there now'],
])('registers %s, and does not deploy it', async (_, revision, reason) => {
  await put(RIGHT);
  await register(revision);

  const refused = await refusal(create(revision));

  expect(await isRegistered(revision)).toBe(true);
  expect(refused.name).toBe('RevisionDoesNotExistException');
  expect(refused.message).toContain(reason);
});
