import type { AccessOf } from '../endpoint/protocols/operations.ts';
import { logGroupArn } from './account.ts';

interface Scope {
  readonly region: string;
  readonly accountId: string;
}

/** A log stream's ARN; without a stream, the form in which Logs names a group to policies. */
export const logStreamArn = (scope: Scope, group: string, stream = ''): string =>
  `${logGroupArn(scope, group)}:log-stream:${stream}`;

/** Leave for Logs' operations: on the stream or the group that the input names. */
export function logsAccess(scope: Scope): AccessOf {
  return (operation, { logGroupName, logStreamName }) =>
    typeof logGroupName === 'string'
      ? [
          {
            action: `logs:${operation}`,
            resources: [
              logStreamArn(scope, logGroupName, typeof logStreamName === 'string' ? logStreamName : undefined),
            ],
          },
        ]
      : undefined;
}
