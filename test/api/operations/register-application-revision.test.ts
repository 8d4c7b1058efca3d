import { createHash } from 'node:crypto';

import {
  CreateApplicationCommand,
  RegisterApplicationRevisionCommand,
  type RegisterApplicationRevisionCommandInput,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it } from 'vitest';

import { functionAppSpec } from '../support/app-specs.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const api = serveApi();

const BUNDLE = {
  revisionType: 'S3',
  s3Location: { bucket: 'bundles', key: 'web-1.zip', bundleType: 'zip' },
} as const satisfies RevisionLocation;
const COMMIT = { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: 'c0ffee' } } as const;
const APP_SPEC_TEXT = functionAppSpec();
const APP_SPEC = { revisionType: 'AppSpecContent', appSpecContent: { content: APP_SPEC_TEXT } } as const;
const APP_SPEC_DIGEST = createHash('sha256').update(APP_SPEC_TEXT).digest('hex');

const register = (input: Partial<RegisterApplicationRevisionCommandInput>) =>
  api.client.send(new RegisterApplicationRevisionCommand({ applicationName: 'web', revision: BUNDLE, ...input }));

const registered = async (applicationName: string) => {
  const application = await api.ports.applications.byName(applicationName);
  if (!application) throw new Error(`There is no application ${applicationName}`);
  return (await api.ports.applicationRevisions.page(application, undefined, 100)).items;
};

beforeEach(async () => {
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
  await api.client.send(new CreateApplicationCommand({ applicationName: 'functions', computePlatform: 'Lambda' }));
});

describe('RegisterApplicationRevision', () => {
  it('makes a bundle known, with its version and its ETag without quotes', async () => {
    const s3Location = { ...BUNDLE.s3Location, version: 'v1', eTag: '"abc"' };

    await register({ revision: { ...BUNDLE, s3Location }, description: 'first' });

    expect(await registered('web')).toEqual([
      {
        revision: {
          RevisionType: 'S3',
          S3Location: { Bucket: 'bundles', Key: 'web-1.zip', BundleType: 'zip', Version: 'v1', ETag: 'abc' },
        },
        description: 'first',
        registeredAtMs: api.nowMs,
      },
    ]);
  });

  it('makes a commit known', async () => {
    await register({ revision: COMMIT });

    expect(await registered('web')).toMatchObject([
      { revision: { RevisionType: 'GitHub', GitHubLocation: { Repository: 'acme/web', CommitId: 'c0ffee' } } },
    ]);
  });

  it('makes the text of an AppSpec file known by its digest', async () => {
    await register({ applicationName: 'functions', revision: APP_SPEC });
    await register({
      applicationName: 'functions',
      revision: { revisionType: 'String', string: { content: APP_SPEC_TEXT, sha256: APP_SPEC_DIGEST.toUpperCase() } },
    });

    const revisions = (await registered('functions')).map(({ revision }) => revision);

    expect(revisions).toHaveLength(2);
    for (const RevisionType of ['AppSpecContent', 'String'] as const) {
      expect(revisions).toContainEqual({ RevisionType, Content: APP_SPEC_TEXT, Sha256: APP_SPEC_DIGEST });
    }
  });

  it('knows a revision once, with its last description and its first time', async () => {
    const registeredAtMs = api.nowMs;
    await register({ description: 'first' });
    api.nowMs += 1000;

    await register({ description: 'second' });
    await register({});

    expect(await registered('web')).toMatchObject([{ description: 'second', registeredAtMs }]);
  });

  it('tells bundles apart by version and ETag', async () => {
    for (const qualifier of [{}, { version: 'v1' }, { version: 'v2' }, { eTag: 'abc' }, { eTag: '"abc"' }]) {
      await register({ revision: { ...BUNDLE, s3Location: { ...BUNDLE.s3Location, ...qualifier } } });
    }

    expect(await registered('web')).toHaveLength(4);
  });

  const location = (members: object) => ({ ...BUNDLE, s3Location: { ...BUNDLE.s3Location, ...members } });
  it.each<readonly [string, string, object]>([
    ['without a type', 'web', { s3Location: BUNDLE.s3Location }],
    ['without a location', 'web', { revisionType: 'S3' }],
    ['with another type’s location', 'web', { ...BUNDLE, revisionType: 'GitHub' }],
    ['with two locations', 'web', { ...BUNDLE, ...COMMIT }],
    ['of an unknown type', 'web', { ...BUNDLE, revisionType: 'Ftp' }],
    ['without a bucket', 'web', location({ bucket: '' })],
    ['without a key', 'web', location({ key: undefined })],
    ['without a bundle type', 'web', location({ bundleType: undefined })],
    ['with an AppSpec file for servers', 'web', location({ bundleType: 'YAML' })],
    ['with a bundle for functions', 'functions', BUNDLE],
    ['with a commit for functions', 'functions', COMMIT],
    ['with a text for servers', 'web', APP_SPEC],
    ['with a repository without owner', 'web', { ...COMMIT, gitHubLocation: { repository: 'web', commitId: 'c' } }],
    ['without a commit', 'web', { ...COMMIT, gitHubLocation: { repository: 'acme/web' } }],
    [
      'with a digest that is not the text’s',
      'functions',
      { ...APP_SPEC, appSpecContent: { content: APP_SPEC_TEXT, sha256: '0'.repeat(64) } },
    ],
    ['with a digest that is none', 'functions', { ...APP_SPEC, appSpecContent: { content: 'a', sha256: 'abc' } }],
    ['with the digest alone', 'functions', { ...APP_SPEC, appSpecContent: { sha256: APP_SPEC_DIGEST } }],
    ['with an empty text', 'functions', { ...APP_SPEC, appSpecContent: { content: '' } }],
    ['with more text than fits', 'functions', { ...APP_SPEC, appSpecContent: { content: 'a'.repeat(400_000) } }],
  ])('refuses a revision %s', async (_, applicationName, revision) => {
    const call = register({ applicationName, revision: revision as RevisionLocation });

    expect((await refusal(call)).name).toBe('InvalidRevisionException');
    expect(await registered(applicationName)).toEqual([]);
  });
});
