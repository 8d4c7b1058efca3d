import { createHash } from 'node:crypto';

import {
  BatchGetApplicationRevisionsCommand,
  CreateApplicationCommand,
  DeleteApplicationCommand,
  GetApplicationRevisionCommand,
  GetDeploymentGroupCommand,
  ListApplicationRevisionsCommand,
  type ListApplicationRevisionsCommandInput,
  paginateListApplicationRevisions,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
  UpdateApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import type { Application } from '../../../core/application.ts';
import type { Revision } from '../../../core/revision.ts';
import { aDeploymentGroup, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { functionAppSpec } from '../support/app-specs.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const bundle = (key: string, bucket = 'bundles') =>
  ({ revisionType: 'S3', s3Location: { bucket, key, bundleType: 'zip' } }) as const satisfies RevisionLocation;
const ofEngine = (Key: string, Bucket = 'bundles'): Revision => ({
  RevisionType: 'S3',
  S3Location: { Bucket, Key, BundleType: 'zip' },
});
const APP_SPEC = functionAppSpec();
const APP_SPEC_DIGEST = createHash('sha256').update(APP_SPEC).digest('hex');

const createApplication = (applicationName: string, computePlatform: 'Server' | 'Lambda') =>
  api.client.send(new CreateApplicationCommand({ applicationName, computePlatform }));
const register = (revision: RevisionLocation, applicationName = 'web', description?: string) =>
  api.client.send(new RegisterApplicationRevisionCommand({ applicationName, revision, description }));
const get = (revision: RevisionLocation | undefined, applicationName: string | undefined = 'web') =>
  api.client.send(new GetApplicationRevisionCommand({ applicationName, revision }));
const batch = (revisions: RevisionLocation[] | undefined, applicationName: string | undefined = 'web') =>
  api.client.send(new BatchGetApplicationRevisionsCommand({ applicationName, revisions }));
const list = (input: Partial<ListApplicationRevisionsCommandInput>) =>
  api.client.send(new ListApplicationRevisionsCommand({ applicationName: 'web', ...input }));
const keys = ({ revisions = [] }: { revisions?: RevisionLocation[] | undefined }) =>
  revisions.map(({ s3Location }) => s3Location?.key);

const web = async (): Promise<Application> => {
  const application = await api.ports.applications.byName('web');
  if (!application) throw new Error('There is no application web');
  return application;
};
/** Deploys a revision, as far as its application notices. */
const use = async (revision: Revision, deploymentId: string) =>
  api.ports.applicationRevisions.use(await web(), revision, { deploymentId, atMs: api.nowMs });
const target = (revision: Revision, deploymentGroupName: string) =>
  new TableDeploymentGroups(api.table, () => api.nowMs).declare(
    aDeploymentGroup({ applicationName: 'web', deploymentGroupName, revision }),
    DECLARED_BY,
  );

beforeEach(() => createApplication('web', 'Server'));

describe('GetApplicationRevision', () => {
  it('tells of a revision that was registered', async () => {
    await register(bundle('web-1.zip'), 'web', 'first');

    expect(await get(bundle('web-1.zip'))).toMatchObject({
      applicationName: 'web',
      revision: bundle('web-1.zip'),
      revisionInfo: { description: 'first', deploymentGroups: [], registerTime: new Date(api.nowMs) },
    });
  });

  it('finds a bundle by its ETag, with quotes or without', async () => {
    const named = { ...bundle('web-1.zip').s3Location, eTag: '"abc"' };
    await register({ revisionType: 'S3', s3Location: named });

    const { revision } = await get({ revisionType: 'S3', s3Location: { ...named, eTag: 'abc' } });

    expect(revision?.s3Location?.eTag).toBe('abc');
  });

  it('finds the text of an AppSpec file by its digest, and gives it whole', async () => {
    await createApplication('functions', 'Lambda');
    await register({ revisionType: 'AppSpecContent', appSpecContent: { content: APP_SPEC } }, 'functions');

    const { revision } = await get(
      { revisionType: 'AppSpecContent', appSpecContent: { sha256: APP_SPEC_DIGEST } },
      'functions',
    );

    expect(revision?.appSpecContent).toEqual({ content: APP_SPEC, sha256: APP_SPEC_DIGEST });
  });

  it('finds an AppSpec file in S3', async () => {
    await createApplication('functions', 'Lambda');
    const s3Location = { bucket: 'bundles', key: 'appspec.yml', bundleType: 'YAML' } as const;
    await register({ revisionType: 'S3', s3Location }, 'functions');

    expect((await get({ revisionType: 'S3', s3Location }, 'functions')).revision?.s3Location).toEqual(s3Location);
  });

  it('knows when a revision was first and last deployed, and that a deployment registered it', async () => {
    const firstUsedTime = new Date(api.nowMs);
    await use(ofEngine('web-1.zip'), 'd-AAAAAAAAA');
    api.nowMs += 60_000;
    await use(ofEngine('web-1.zip'), 'd-BBBBBBBBB');

    expect((await get(bundle('web-1.zip'))).revisionInfo).toMatchObject({
      description: 'Application revision registered by Deployment ID: d-AAAAAAAAA',
      registerTime: firstUsedTime,
      firstUsedTime,
      lastUsedTime: new Date(api.nowMs),
    });
  });

  it('keeps what whoever registered it said, and was silent about, when it is deployed', async () => {
    await register(bundle('web-1.zip'));
    await use(ofEngine('web-1.zip'), 'd-AAAAAAAAA');

    expect((await get(bundle('web-1.zip'))).revisionInfo?.description).toBeUndefined();
  });

  it('names the groups that have it for their target', async () => {
    await register(bundle('web-1.zip'));
    await target(ofEngine('web-1.zip'), 'blue');
    await target(ofEngine('web-2.zip'), 'green');

    expect((await get(bundle('web-1.zip'))).revisionInfo?.deploymentGroups).toEqual(['blue']);
  });

  it('takes what a group was last asked to run for its target', async () => {
    await register(bundle('web-2.zip'));
    await target(ofEngine('web-1.zip'), 'fleet');
    const { deploymentGroupInfo } = await api.client.send(
      new GetDeploymentGroupCommand({ applicationName: 'web', deploymentGroupName: 'fleet' }),
    );

    await api.ports.groupDeployments.attempted(deploymentGroupInfo?.deploymentGroupId ?? '', {
      deploymentId: 'd-AAAAAAAAA',
      status: 'Failed',
      revision: ofEngine('web-2.zip'),
      fileExistsBehavior: 'DISALLOW',
      createdAtMs: api.nowMs,
    });

    expect((await get(bundle('web-2.zip'))).revisionInfo?.deploymentGroups).toEqual(['fleet']);
  });

  it('finds it under the new name of its application', async () => {
    await register(bundle('web-1.zip'));
    await api.client.send(new UpdateApplicationCommand({ applicationName: 'web', newApplicationName: 'shop' }));

    expect(await get(bundle('web-1.zip'), 'shop')).toMatchObject({ applicationName: 'shop' });
  });

  it('finds nothing of an application that had the name before', async () => {
    const before = await web();
    await register(bundle('web-1.zip'));
    await api.client.send(new DeleteApplicationCommand({ applicationName: 'web' }));
    // A registration that began before the deletion, and ended after it.
    await api.ports.applicationRevisions.register(before, ofEngine('web-2.zip'), { description: '', atMs: 1 });
    await createApplication('web', 'Server');

    expect((await list({})).revisions).toEqual([]);
  });

  it('says which revision it did not find', async () => {
    expect(await refusal(get(bundle('web-1.zip')))).toEqual({
      name: 'RevisionDoesNotExistException',
      message: 'No revision s3://bundles/web-1.zip is registered with the application web',
    });
  });
});

describe('BatchGetApplicationRevisions', () => {
  it('tells of the revisions that it finds, and names the others', async () => {
    await register(bundle('web-1.zip'), 'web', 'first');
    await target(ofEngine('web-1.zip'), 'fleet');

    const answer = await batch([bundle('web-1.zip'), bundle('web-2.zip')]);

    expect(answer).toMatchObject({
      applicationName: 'web',
      revisions: [
        {
          revisionLocation: bundle('web-1.zip'),
          genericRevisionInfo: { description: 'first', deploymentGroups: ['fleet'] },
        },
      ],
      errorMessage: 'No revision s3://bundles/web-2.zip is registered with the application web',
    });
    expect(answer.revisions).toHaveLength(1);
  });

  it('has an empty message when it finds them all', async () => {
    await register(bundle('web-1.zip'));

    expect((await batch([bundle('web-1.zip')])).errorMessage).toBe('');
  });
});

describe('ListApplicationRevisions', () => {
  it('lists the revisions of an application, in the order of their times', async () => {
    for (const key of ['b.zip', 'a.zip', 'c.zip']) {
      await register(bundle(key));
      api.nowMs += 1000;
    }
    await use(ofEngine('c.zip'), 'd-AAAAAAAAA');

    expect(keys(await list({})).sort()).toEqual(['a.zip', 'b.zip', 'c.zip']);
    expect(keys(await list({ sortBy: 'registerTime' }))).toEqual(['b.zip', 'a.zip', 'c.zip']);
    expect(keys(await list({ sortBy: 'registerTime', sortOrder: 'descending' }))).toEqual(['c.zip', 'a.zip', 'b.zip']);
    expect(keys(await list({ sortBy: 'lastUsedTime' }))[0]).toBe('c.zip');
  });

  it('lists bundles of a bucket, or with a prefix in it', async () => {
    for (const [key, bucket] of [['web/1.zip'], ['shop/1.zip'], ['web/1.zip', 'others']] as const) {
      await register(bundle(key, bucket));
    }
    await register({ revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: 'c0ffee' } });

    expect(keys(await list({ s3Bucket: 'bundles' })).sort()).toEqual(['shop/1.zip', 'web/1.zip']);
    expect(keys(await list({ s3Bucket: 'bundles', s3KeyPrefix: 'web/' }))).toEqual(['web/1.zip']);
  });

  it('lists what is the target of a group, what is not, or both', async () => {
    await register(bundle('1.zip'));
    await register(bundle('2.zip'));
    await target(ofEngine('2.zip'), 'fleet');

    expect(keys(await list({ deployed: 'include' }))).toEqual(['2.zip']);
    expect(keys(await list({ deployed: 'exclude' }))).toEqual(['1.zip']);
    expect(keys(await list({ deployed: 'ignore' }))).toHaveLength(2);
  });

  it('leaves out the texts of AppSpec files', async () => {
    await createApplication('functions', 'Lambda');
    await register({ revisionType: 'AppSpecContent', appSpecContent: { content: APP_SPEC } }, 'functions');

    expect((await list({ applicationName: 'functions' })).revisions).toEqual([
      { revisionType: 'AppSpecContent', appSpecContent: { sha256: APP_SPEC_DIGEST } },
    ]);
  });

  it.each([
    ['as they come', {}],
    ['in order', { sortBy: 'registerTime' }],
    ['of a bucket', { s3Bucket: 'bundles' }],
  ] as const)('gives full pages of a hundred %s, each revision once', async (_, input) => {
    const application = await web();
    const names = Array.from({ length: 101 }, (_unused, index) => `${index}.zip`);
    const registrations = names.flatMap((key) => [ofEngine(key), ofEngine(key, 'others')]);
    await Promise.all(
      registrations.map((revision, atMs) =>
        api.ports.applicationRevisions.register(application, revision, { description: undefined, atMs }),
      ),
    );

    const pages: (string | undefined)[][] = [];
    const request = { applicationName: 'web', ...input };
    for await (const page of paginateListApplicationRevisions({ client: api.client }, request)) pages.push(keys(page));

    const all = 's3Bucket' in input ? [100, 1] : [100, 100, 2];
    expect(pages.map(({ length }) => length)).toEqual(all);
    expect(new Set(pages.flat()).size).toBe(101);
  });
});
