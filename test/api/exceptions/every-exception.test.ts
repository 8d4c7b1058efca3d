import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fakeAutoScaling } from '../support/auto-scaling.ts';
import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';
import { applications } from './applications.ts';
import { deploymentConfigs } from './deployment-configs.ts';
import { deploymentGroups } from './deployment-groups.ts';
import { deployments } from './deployments.ts';
import { extremesOf } from './extremes.ts';
import { call, type Family } from './life.ts';
import { modelledExceptions } from './modelled-exceptions.ts';
import { newDeployments } from './new-deployments.ts';
import { onPremisesInstances } from './on-premises-instances.ts';
import { revisions } from './revisions.ts';
import { tagsAndTokens } from './tags-and-tokens.ts';
import { targets } from './targets.ts';
import { unmetExceptions } from './unmet-exceptions.ts';

const FAMILIES: readonly Family[] = [
  applications,
  deploymentConfigs,
  deploymentGroups,
  deployments,
  newDeployments,
  onPremisesInstances,
  revisions,
  tagsAndTokens,
  targets,
];

const autoScaling = fakeAutoScaling();
const topics = mockClient(SNSClient);
const states = mockClient(SFNClient);
const api = serveApi();

beforeEach(() => {
  topics.reset();
  topics.on(PublishCommand).resolves({});
  states.reset();
  states.on(StartExecutionCommand).resolves({});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const modelled = modelledExceptions();
const unmet = unmetExceptions();

it('knows CodeDeploy’s 47 operations', () => {
  expect(modelled.size).toBe(47);
  expect(FAMILIES.flatMap(({ operations }) => operations).sort()).toEqual([...modelled.keys()].sort());
});

const OPERATIONS = FAMILIES.flatMap(({ operations, livesIn }) => operations.map((name) => [name, livesIn] as const));

it.each(OPERATIONS)('%s is answered, and refused by each of its exceptions', async (operation, livesIn) => {
  const life = (await livesIn({ api, autoScaling }))[operation];
  if (!life) throw new Error(`${operation} has no life`);
  const { input, isNeverAnswered, refusals } = life;

  if (!isNeverAnswered) await call(api.client, operation, input);
  const met: Record<string, string> = {};
  for (const [exception, given] of Object.entries(refusals)) {
    const changes = typeof given === 'function' ? await given() : given;
    met[exception] = (await refusal(call(api.client, operation, { ...input, ...changes })).catch(() => NONE)).name;
  }

  expect(met).toEqual(Object.fromEntries(Object.keys(refusals).map((name) => [name, `${name}Exception`])));
  expect([...Object.keys(refusals), ...(unmet.get(operation) ?? [])].sort()).toEqual(modelled.get(operation));
});

it.each(OPERATIONS)('%s fails for nothing that it is given', async (operation, livesIn) => {
  const input = (await livesIn({ api, autoScaling }))[operation]?.input;

  const failures: unknown[] = [];
  for (const changes of extremesOf(operation)) {
    await call(api.client, operation, { ...input, ...changes }).catch((error: Error) => {
      if (error.name === 'InternalFailure') failures.push(changes);
    });
  }

  expect(failures).toEqual([]);
});

const NONE = { name: 'none' };
