import { createHash } from 'node:crypto';

import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  type CreateDeploymentInput,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupInput,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { localS3 } from '../../adapters/revision-bundles/local-s3.ts';
import { handmadeZip } from '../../agent/support/bundles.ts';
import { functionAppSpec, SERVICE_APP_SPEC } from '../support/app-specs.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';
import { storedBundles } from '../support/stored-bundles.ts';

const s3 = localS3();
const api = serveApi(storedBundles(s3));

const [RIGHT, FAULTY] = [functionAppSpec(), functionAppSpec(1)];

const content = (text: string): RevisionLocation => ({
  revisionType: 'AppSpecContent',
  appSpecContent: { content: text },
});
const inBucket = (bundleType: 'YAML' | 'JSON'): RevisionLocation => ({
  revisionType: 'S3',
  s3Location: { bucket: s3.bucket, key: `appspec.${bundleType.toLowerCase()}`, bundleType },
});
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const register = (revision: RevisionLocation, applicationName = 'functions') =>
  api.client.send(new RegisterApplicationRevisionCommand({ applicationName, revision }));
const create = (input: Partial<CreateDeploymentInput> = {}) =>
  api.client.send(
    new CreateDeploymentCommand({
      ...{ applicationName: 'functions', deploymentGroupName: 'all', revision: content(RIGHT) },
      ...input,
    }),
  );

const SERVICE_ROLE = 'arn:aws:iam::111122223333:role/Deploy';
const TRAFFIC = { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' } as const;
const createGroup = (input: Omit<CreateDeploymentGroupInput, 'deploymentGroupName' | 'serviceRoleArn'>) =>
  api.client.send(
    new CreateDeploymentGroupCommand({ deploymentGroupName: 'all', serviceRoleArn: SERVICE_ROLE, ...input }),
  );

beforeEach(async () => {
  await api.client.send(new CreateApplicationCommand({ applicationName: 'functions', computePlatform: 'Lambda' }));
  await createGroup({ applicationName: 'functions', deploymentStyle: TRAFFIC });
});

describe.each<readonly [string, (revision: RevisionLocation) => Promise<unknown>]>([
  ['RegisterApplicationRevision', (revision) => register(revision)],
  ['CreateDeployment', (revision) => create({ revision })],
])('%s', (_, call) => {
  it.each<readonly [string, RevisionLocation, string]>([
    ['content', content(FAULTY), `AppSpecContent ${sha256(FAULTY)} cannot be deployed:\ncontent:9:24: `],
    [
      'a string',
      { revisionType: 'String', string: { content: FAULTY } },
      `String ${sha256(FAULTY)} cannot be deployed:\ncontent:9:24: `,
    ],
    ['an object', inBucket('YAML'), 's3://revisions/appspec.yaml cannot be deployed:\nappspec.yaml:9:24: '],
    ['an object in JSON', inBucket('JSON'), 's3://revisions/appspec.json cannot be deployed:\nappspec.json:1:52: '],
  ])('refuses a faulty AppSpec that comes as %s, with the line and the remedy', async (_kind, revision, message) => {
    await s3.put('appspec.yaml', FAULTY);
    await s3.put('appspec.json', SERVICE_APP_SPEC);

    const refused = await refusal(call(revision));

    expect(refused.name).toBe('InvalidRevisionException');
    expect(refused.message).toContain(message);
    expect(refused.message).toMatch(/\n {4}(publish a version|write AWS::Lambda::Function)/);
  });
});

it('registers what is right, for ECS as well', async () => {
  await s3.put('appspec.yaml', RIGHT);
  await s3.put('appspec.json', SERVICE_APP_SPEC);
  await api.client.send(new CreateApplicationCommand({ applicationName: 'services', computePlatform: 'ECS' }));

  await expect(register(content(RIGHT))).resolves.toBeDefined();
  await expect(register(inBucket('YAML'))).resolves.toBeDefined();
  await expect(register(inBucket('JSON'), 'services')).resolves.toBeDefined();
});

describe('a deployment', () => {
  it('by a digest is one of the content that was registered', async () => {
    const byDigest: RevisionLocation = {
      revisionType: 'AppSpecContent',
      appSpecContent: { sha256: sha256(RIGHT) },
    };

    expect((await refusal(create({ revision: byDigest }))).name).toBe('RevisionDoesNotExistException');
    await register(content(RIGHT));
    expect((await refusal(create({ revision: byDigest }))).name).toBe('UnsupportedActionForDeploymentTypeException');
  });

  it.each<readonly [string, Partial<CreateDeploymentInput>, string]>([
    ['fileExistsBehavior', { fileExistsBehavior: 'DISALLOW' }, 'InvalidFileExistsBehaviorException'],
    [
      'ignoreApplicationStopFailures',
      { ignoreApplicationStopFailures: true },
      'InvalidIgnoreApplicationStopFailuresValueException',
    ],
    [
      'updateOutdatedInstancesOnly',
      { updateOutdatedInstancesOnly: true },
      'InvalidUpdateOutdatedInstancesOnlyValueException',
    ],
    ['target instances', { targetInstances: { autoScalingGroups: ['green'] } }, 'InvalidTargetInstancesException'],
  ])('to Lambda takes no %s', async (_, input, name) => {
    expect((await refusal(create(input))).name).toBe(name);
  });

  it('to Lambda may say no to what is for servers, and is refused for not being built at last', async () => {
    const refused = await refusal(create({ ignoreApplicationStopFailures: false, updateOutdatedInstancesOnly: false }));

    expect(refused.message).toContain('deployments to Lambda are not built yet');
  });
});

describe('a blue/green deployment', () => {
  const createIn = (input: Partial<CreateDeploymentInput>) => {
    const s3Location = { bucket: s3.bucket, key: 'web.zip', bundleType: 'zip' } as const;
    return create({ applicationName: 'web', revision: { revisionType: 'S3', s3Location }, ...input });
  };

  beforeEach(async () => {
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    await createGroup({
      applicationName: 'web',
      deploymentStyle: TRAFFIC,
      loadBalancerInfo: { targetGroupInfoList: [{ name: 'web' }] },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
        greenFleetProvisioningOption: { action: 'DISCOVER_EXISTING' },
      },
    });
  });

  it.each<readonly [string, CreateDeploymentInput['targetInstances']]>([
    [
      'filters in both forms',
      {
        tagFilters: [{ Key: 'a', Type: 'KEY_ONLY' }],
        ec2TagSet: { ec2TagSetList: [[{ Key: 'a', Type: 'KEY_ONLY' }]] },
      },
    ],
    ['eleven filters', { tagFilters: Array.from({ length: 11 }, () => ({ Key: 'a', Type: 'KEY_ONLY' as const })) }],
    ['a filter that contradicts its type', { tagFilters: [{ Value: 'a', Type: 'KEY_ONLY' }] }],
  ])('finds no green fleet by %s', async (_, targetInstances) => {
    expect((await refusal(createIn({ targetInstances }))).name).toBe('InvalidTargetInstancesException');
  });

  it('is checked as whole as one in place, and refused for not being built at last', async () => {
    await s3.put('web.zip', 'no bundle');
    const targetInstances = { autoScalingGroups: ['green'] };

    expect((await refusal(createIn({ targetInstances }))).name).toBe('InvalidRevisionException');
    await s3.put('web.zip', handmadeZip([{ name: 'appspec.yml', content: 'version: 0.0\nos: linux\n' }]));
    expect((await refusal(createIn({ targetInstances }))).message).toContain('blue/green fleets are not built yet');
  });
});
