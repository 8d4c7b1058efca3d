import type { ListApplicationRevisionsInput } from '@aws-sdk/client-codedeploy';

import type { ApplicationRevision } from '../../core/application-revisions/application-revision.ts';
import { REVISION_TIMES, type RevisionOrder } from '../../core/application-revisions/revision-order.ts';
import {
  BucketNameFilterRequired,
  InvalidBucketNameFilter,
  InvalidDeployedStateFilter,
  InvalidKeyPrefixFilter,
  InvalidSortBy,
  InvalidSortOrder,
} from '../errors/revision-list-errors.ts';

/** @returns undefined when the order does not matter. @throws InvalidSortBy, InvalidSortOrder */
export function checkRevisionOrder({ sortBy, sortOrder }: ListApplicationRevisionsInput): RevisionOrder | undefined {
  const by = REVISION_TIMES.find((time) => time === sortBy);
  if (sortBy && !by) throw new InvalidSortBy(sortBy);
  if (sortOrder && sortOrder !== 'ascending' && sortOrder !== 'descending') throw new InvalidSortOrder(sortOrder);
  return by && { by, isDescending: sortOrder === 'descending' };
}

const LONGEST_KEY_BYTES = 1024;

/**
 * Which revisions are meant by the place of their bundles.
 * @throws BucketNameFilterRequired, InvalidBucketNameFilter, InvalidKeyPrefixFilter
 */
export function checkBundleFilter({
  s3Bucket,
  s3KeyPrefix = '',
}: ListApplicationRevisionsInput): (revision: ApplicationRevision) => boolean {
  if (!s3Bucket && s3KeyPrefix) throw new BucketNameFilterRequired();
  if (!s3Bucket) return () => true;
  if (!/^[\w.-]{3,255}$/.test(s3Bucket)) throw new InvalidBucketNameFilter(s3Bucket);
  if (Buffer.byteLength(s3KeyPrefix) > LONGEST_KEY_BYTES) throw new InvalidKeyPrefixFilter(LONGEST_KEY_BYTES);
  return (revision) =>
    revision.RevisionType === 'S3' &&
    revision.S3Location.Bucket === s3Bucket &&
    revision.S3Location.Key.startsWith(s3KeyPrefix);
}

/** Whether a revision must be a group's target, must be none's, or may be either. @throws InvalidDeployedStateFilter */
export function checkDeployedFilter({ deployed }: ListApplicationRevisionsInput): 'include' | 'exclude' | 'ignore' {
  const filter = (['include', 'exclude', 'ignore'] as const).find((each) => each === (deployed || 'ignore'));
  if (!filter) throw new InvalidDeployedStateFilter(String(deployed));
  return filter;
}
