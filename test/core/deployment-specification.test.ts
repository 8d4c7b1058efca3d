import { expect, it } from 'vitest';

import { deploymentSpecification } from '../../core/deployment-specification.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { describeRevision, sameRevision } from '../../core/revision.ts';
import { aTarget, aRevision, REVISION_ONE, WEB_FLEET } from '../lambdas/doubles/builders.ts';

it('tells the agent all it needs to run a deployment', () => {
  const { Format, Payload } = deploymentSpecification(aTarget({ fileExistsBehavior: 'OVERWRITE' }));

  expect(Format).toBe('TEXT/JSON');
  expect(JSON.parse(Payload)).toEqual({
    DeploymentId: aTarget().deploymentId,
    DeploymentGroupId: deploymentGroupIdFor(WEB_FLEET),
    DeploymentGroupName: 'web-fleet',
    ApplicationName: 'web',
    DeploymentCreator: 'autoscaling',
    DeploymentType: 'IN_PLACE',
    AgentActionOverrides: { AgentOverrides: { FileExistsBehavior: 'OVERWRITE' } },
    Revision: { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: 'web-1.zip', BundleType: 'zip' } },
  });
});

it('tells revisions apart by all that identifies a bundle', () => {
  const versioned = { ...REVISION_ONE, S3Location: { ...REVISION_ONE.S3Location, Version: 'v2', ETag: 'e' } };

  expect(sameRevision(REVISION_ONE, aRevision('web-1.zip'))).toBe(true);
  expect(sameRevision(REVISION_ONE, versioned)).toBe(false);
  expect(sameRevision(REVISION_ONE, undefined)).toBe(false);
  expect(describeRevision(versioned)).toBe('s3://revisions/web-1.zip (version v2, ETag e)');
});
