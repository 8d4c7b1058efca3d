import { ApiError } from './api-error.ts';

export class InvalidSortBy extends ApiError {
  readonly code = 'InvalidSortByException';

  constructor(sortBy: string) {
    super(`Revisions cannot be sorted by ${sortBy}: it must be registerTime, firstUsedTime or lastUsedTime`);
  }
}

export class InvalidSortOrder extends ApiError {
  readonly code = 'InvalidSortOrderException';

  constructor(sortOrder: string) {
    super(`The sort order ${sortOrder} is not valid: it must be ascending or descending`);
  }
}

export class BucketNameFilterRequired extends ApiError {
  readonly code = 'BucketNameFilterRequiredException';

  constructor() {
    super('A key prefix needs the name of its bucket: give s3Bucket as well');
  }
}

export class InvalidBucketNameFilter extends ApiError {
  readonly code = 'InvalidBucketNameFilterException';

  constructor(bucket: string) {
    super(`${bucket} is not the name of a bucket`);
  }
}

export class InvalidKeyPrefixFilter extends ApiError {
  readonly code = 'InvalidKeyPrefixFilterException';

  constructor(limit: number) {
    super(`The key prefix is longer than any key in S3, which has ${limit} bytes at most`);
  }
}

export class InvalidDeployedStateFilter extends ApiError {
  readonly code = 'InvalidDeployedStateFilterException';

  constructor(deployed: string) {
    super(`The filter deployed is ${deployed}: it must be include, exclude or ignore`);
  }
}
