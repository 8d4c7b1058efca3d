import { describe, expect, it } from 'vitest';
import { decideOnRollback, type EndedDeployment, rollbackInfoOf } from '../../../core/fleet/rollback.ts';
import type { Revision } from '../../../core/revision.ts';

const revision: Revision = {
  RevisionType: 'S3',
  S3Location: { Bucket: 'bundles', Key: 'web-1.zip', BundleType: 'zip' },
};
const ended = (but: Partial<EndedDeployment> = {}): EndedDeployment => ({
  deploymentId: 'd-NEW000000',
  creator: 'user',
  computePlatform: 'Server',
  deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
  end: 'DEPLOYMENT_FAILURE',
  autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
  lastSuccessful: { deploymentId: 'd-OLD000000', revision, fileExistsBehavior: 'OVERWRITE' },
  ...but,
});

describe('a rollback', () => {
  it('brings the last successful revision back as carefully, and minds no alarm', () => {
    expect(decideOnRollback(ended())).toEqual({
      kind: 'roll-back',
      request: {
        creator: 'codeDeployRollback',
        revision,
        deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
        fileExistsBehavior: 'OVERWRITE',
        description: 'Rollback of d-NEW000000 to s3://bundles/web-1.zip of d-OLD000000',
        watchesAlarms: false,
      },
    });
  });

  it.each(['Lambda', 'ECS'] as const)('of %s puts the traffic back at once', (computePlatform) => {
    expect(decideOnRollback(ended({ computePlatform }))).toMatchObject({
      request: { deploymentConfigName: `CodeDeployDefault.${computePlatform}AllAtOnce` },
    });
  });

  it.each<[string, Partial<EndedDeployment>]>([
    ['is switched off', { autoRollback: { enabled: false, events: ['DEPLOYMENT_FAILURE'] } }],
    ['is not configured', { autoRollback: undefined }],
    ['is for other ends', { end: 'DEPLOYMENT_STOP_ON_ALARM' }],
    ['follows an end that it never follows', { end: undefined }],
    ['would be of a launch', { creator: 'autoscaling' }],
    [
      'is declined by who stopped',
      {
        end: 'DEPLOYMENT_STOP_ON_REQUEST',
        rollBackOnStop: false,
        autoRollback: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
      },
    ],
  ])('does not start when it %s', (_, but) => {
    expect(decideOnRollback(ended(but))).toEqual({ kind: 'none' });
  });

  it('starts when who stopped asks for it, whatever is configured', () => {
    const stopped = { end: 'DEPLOYMENT_STOP_ON_REQUEST', rollBackOnStop: true, autoRollback: undefined } as const;

    expect(decideOnRollback(ended(stopped)).kind).toBe('roll-back');
  });

  it.each<[string, Partial<EndedDeployment>]>([
    ['nothing ever succeeded', { lastSuccessful: undefined }],
    ['it would be of a rollback', { creator: 'codeDeployRollback' }],
    ['it would be of a follow-on', { creator: 'CodeDeployAutoUpdate' }],
  ])('says why it cannot be when %s', (_, but) => {
    expect(decideOnRollback(ended(but))).toEqual({
      kind: 'impossible',
      rollbackMessage: expect.stringContaining('d-NEW000000 was not rolled back'),
    });
  });

  it('links two records, each with a field of its own', () => {
    const { ofTheRolledBack, ofTheRollback } = rollbackInfoOf('d-NEW000000', 'd-ROLL00000');

    expect(Object.keys(ofTheRolledBack)).toEqual(['rollbackDeploymentId', 'rollbackMessage']);
    expect(Object.keys(ofTheRollback)).toEqual(['rollbackTriggeringDeploymentId', 'rollbackMessage']);
  });
});
