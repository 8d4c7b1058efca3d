import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { Revision } from '../../core/revision.ts';

/**
 * The ARN of the object that instances launch with while a declared revision is on its way, which their template cannot
 * know: that of the last success, or the declared one before any. Undefined where neither lies in S3.
 * @param stackId tells the partition
 */
export function readableObject(
  { revision, lastSuccessfulRevision }: Pick<DeploymentGroup, 'revision' | 'lastSuccessfulRevision'>,
  stackId: string,
): string | undefined {
  return objectArn(lastSuccessfulRevision, stackId) ?? objectArn(revision, stackId);
}

function objectArn(revision: Revision | undefined, stackId: string): string | undefined {
  if (revision?.RevisionType !== 'S3') return undefined;
  const [, partition = 'aws'] = stackId.split(':');
  return `arn:${partition}:s3:::${revision.S3Location.Bucket}/${revision.S3Location.Key}`;
}
