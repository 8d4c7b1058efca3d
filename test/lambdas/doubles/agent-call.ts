import type { UrlEvent } from '../../../lambdas/commands/caller.ts';

export const HOST_ARN = 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d4e5f60718';

/** A call through the function URL, as Lambda hands it over once it has verified the signature. */
export function anAgentCall(
  operation: string,
  input: unknown,
  { userArn, agentVersion }: { userArn?: string; agentVersion?: string } = {},
): UrlEvent {
  const caller = userArn ?? 'arn:aws:sts::111122223333:assumed-role/WebRole/i-0a1b2c3d4e5f60718';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: {
      'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
      'x-amz-codedeploy-agent-version': agentVersion ?? 'SLIPWAY_0.1.0',
    },
    requestContext: { authorizer: { iam: { userArn: caller } } } as unknown as UrlEvent['requestContext'],
    body: typeof input === 'string' ? input : JSON.stringify(input),
    isBase64Encoded: false,
  };
}
