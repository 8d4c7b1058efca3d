import { AwsError } from '../endpoint/service.ts';
import type { LogGroup, LogStore, LogStream } from './log-store.ts';

/** What the operations work on: the logs of an account in a Region. */
export interface LogsAccount {
  readonly store: LogStore;
  readonly region: string;
  readonly accountId: string;
}

/** Members by which an input names a log group: its name, or its name or ARN as identifier. */
interface GroupReference {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

export const logGroupArn = ({ region, accountId }: Omit<LogsAccount, 'store'>, name: string): string =>
  `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

/** @throws AwsError ResourceNotFoundException */
export function existingGroup(
  { store }: LogsAccount,
  { logGroupName, logGroupIdentifier = '' }: GroupReference,
): LogGroup {
  const name = logGroupName ?? /:log-group:([^:]+)/.exec(logGroupIdentifier)?.[1] ?? logGroupIdentifier;
  const found = store.groups.get(name);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
}

/** @throws AwsError ResourceNotFoundException */
export function existingStream(
  account: LogsAccount,
  reference: GroupReference & { readonly logStreamName: string },
): LogStream {
  const found = existingGroup(account, reference).streams.get(reference.logStreamName);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
}
