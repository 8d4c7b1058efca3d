import type { AwsRequest } from '../endpoint/service.ts';
import type { Principal } from '../identity/assumed-role.ts';
import type { RequestContext } from './access.ts';

/**
 * The condition keys that all services share, as far as a rehearsal knows their values.
 * The endpoint stands for AWS's own, which speak TLS; a client that came to a proxy by plain HTTP says so in
 * `X-Forwarded-Proto`, and is taken at its word.
 */
export function sharedContext(
  caller: Principal,
  { region, nowMs, headers = {} }: { region: string; nowMs: number; headers?: AwsRequest['headers'] },
): RequestContext {
  return {
    'aws:SecureTransport': String(headers['x-forwarded-proto'] !== 'http'),
    'aws:RequestedRegion': region,
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1000)),
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': caller.accountId, // a rehearsal has one account
    ...(headers['user-agent'] !== undefined && { 'aws:UserAgent': headers['user-agent'] }),
    ...principalContext(caller),
  };
}

function principalContext({ arn, accountId, roleArn, sessionName, service }: Principal): RequestContext {
  if (service) {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service.principal,
      'aws:SourceAccount': accountId,
      ...(service.sourceArn !== undefined && { 'aws:SourceArn': service.sourceArn }),
    };
  }
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalArn': roleArn ?? arn,
    'aws:PrincipalType': roleArn === undefined ? 'User' : 'AssumedRole',
    'aws:userid': roleArn === undefined ? 'AIDAREHEARSAL' : `AROAREHEARSAL:${sessionName ?? ''}`,
  };
}
