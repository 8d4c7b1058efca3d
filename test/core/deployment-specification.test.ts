import { expect, it } from 'vitest';

import { deploymentSpecification } from '../../core/deployment-specification.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { describeRevision, type Revision, sameRevision } from '../../core/revision.ts';
import {
  anInPlaceRequest,
  aRevision,
  aTarget,
  aTermination,
  REVISION_ONE,
  WEB_FLEET,
} from '../lambdas/doubles/builders.ts';

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

it('tells the agent that its host leaves', () => {
  const { Payload } = deploymentSpecification(aTarget({ request: aTermination() }));

  expect(JSON.parse(Payload)).toMatchObject({ DeploymentCreator: 'autoscalingTermination' });
});

it('tells the agent who asked for a deployment in place, and where on GitHub its revision is', () => {
  const GitHubLocation = { Repository: 'acme/shop', CommitId: '3f2a9c1' };
  const revision: Revision = { RevisionType: 'GitHub', GitHubLocation };
  const request = anInPlaceRequest({ revision, creator: 'codeDeployRollback' });

  const { Payload } = deploymentSpecification(aTarget({ request, revision }));

  expect(JSON.parse(Payload)).toMatchObject({
    DeploymentId: 'd-INPLACE00',
    DeploymentCreator: 'codeDeployRollback',
    Revision: {
      RevisionType: 'GitHub',
      GitHubRevision: { Account: 'acme', Repository: 'shop', CommitId: '3f2a9c1', BundleType: 'tar' },
    },
  });
  expect(describeRevision(revision)).toBe('https://github.com/acme/shop/tree/3f2a9c1');
});

it('gives the agent the token that opens its repository, and no member where there is none', () => {
  expect(JSON.parse(deploymentSpecification(aTarget(), 'ghp_acme').Payload)).toHaveProperty(
    'GitHubAccessToken',
    'ghp_acme',
  );
  expect(JSON.parse(deploymentSpecification(aTarget()).Payload)).not.toHaveProperty('GitHubAccessToken');
});

it('tells revisions apart by all that identifies a bundle', () => {
  const versioned: Revision = {
    RevisionType: 'S3',
    S3Location: { Bucket: 'revisions', Key: 'web-1.zip', BundleType: 'zip', Version: 'v2', ETag: 'e' },
  };

  expect(sameRevision(REVISION_ONE, aRevision('web-1.zip'))).toBe(true);
  expect(sameRevision(REVISION_ONE, versioned)).toBe(false);
  expect(sameRevision(REVISION_ONE, undefined)).toBe(false);
  expect(describeRevision(versioned)).toBe('s3://revisions/web-1.zip (version v2, ETag e)');
});
