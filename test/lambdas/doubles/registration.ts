import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import { DECLARED_BY, WEB_FLEET } from './builders.ts';

/** What CloudFormation asks of the custom resource that declares `web/web-fleet`. */
export function aRegistration(
  requestType: CloudFormationCustomResourceEvent['RequestType'],
  properties: Readonly<Record<string, unknown>> = {},
): CloudFormationCustomResourceEvent {
  const request = {
    RequestType: requestType,
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:registration',
    ResponseURL: 'https://cloudformation.example/answer',
    StackId: DECLARED_BY.stackId,
    RequestId: 'request-1',
    LogicalResourceId: DECLARED_BY.logicalResourceId,
    ResourceType: 'Custom::SlipwayDeploymentGroup',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:registration',
      ApplicationName: WEB_FLEET.applicationName,
      DeploymentGroupName: WEB_FLEET.deploymentGroupName,
      TerminationDeployments: 'true',
      Revision: { RevisionType: 'S3', S3Location: { Bucket: 'revisions', Key: 'web-1.zip', BundleType: 'zip' } },
      ...properties,
    },
    ...(requestType !== 'Create' && { PhysicalResourceId: 'web/web-fleet' }),
    ...(requestType === 'Update' && { OldResourceProperties: {} }),
  };
  return request as CloudFormationCustomResourceEvent;
}
