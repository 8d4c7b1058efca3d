import { queryService } from '../endpoint/protocols/query.ts';
import { AwsError, type Service } from '../endpoint/service.ts';
import { stsAccess } from './access.ts';
import type { CredentialsIssuer } from '../part.ts';

const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

/** STS: who a caller is, and the credentials of any role for whoever asks, as far as the role trusts them. */
export function sts(credentials: CredentialsIssuer): Service {
  return queryService({
    signingNames: ['sts'],
    access: stsAccess,
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: {
      async GetCallerIdentity(_input, { caller }) {
        const userId = caller.sessionName === undefined ? 'AIDAREHEARSAL' : `AROAREHEARSAL:${caller.sessionName}`;
        return { UserId: userId, Account: caller.accountId, Arn: caller.arn };
      },
      async AssumeRole({ RoleArn, RoleSessionName }, { caller }) {
        if (typeof RoleArn !== 'string' || !ROLE_ARN.test(RoleArn) || typeof RoleSessionName !== 'string') {
          throw new AwsError('ValidationError', 'RoleArn has to be the ARN of a role, and RoleSessionName is required');
        }
        const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = credentials.assumeRole(
          RoleArn,
          RoleSessionName,
        );
        const role = RoleArn.slice(RoleArn.lastIndexOf('/') + 1);
        return {
          Credentials: {
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            SessionToken: sessionToken,
            Expiration: new Date(expiresAtMs),
          },
          AssumedRoleUser: {
            AssumedRoleId: `AROAREHEARSAL:${RoleSessionName}`,
            Arn: `arn:aws:sts::${caller.accountId}:assumed-role/${role}/${RoleSessionName}`,
          },
        };
      },
    },
  });
}
