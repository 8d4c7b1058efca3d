import type { AwsRequest } from '../endpoint/service.ts';
import type { Access } from '../permissions/access.ts';

/** Actions by method, where the operation's name is not the action's. */
const ON_OBJECT: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  POST: 'PutObject',
  DELETE: 'DeleteObject',
};
const ON_BUCKET: Readonly<Record<string, string>> = {
  GET: 'ListBucket',
  HEAD: 'ListBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};

const ON_POLICY: Readonly<Record<string, string>> = {
  GET: 'GetBucketPolicy',
  PUT: 'PutBucketPolicy',
  DELETE: 'DeleteBucketPolicy',
};

/** Leave for S3's operations; a copy needs to read its source besides. */
export function s3Access({ method, path, query, headers }: AwsRequest): Access[] {
  const [bucket = '', ...rest] = path.split('/').slice(1).map(decodeURIComponent);
  const key = rest.join('/');
  if (bucket === '') return [{ action: 's3:ListAllMyBuckets', resources: ['*'] }];
  const bucketArn = `arn:aws:s3:::${bucket}`;
  if (key === '') {
    if (method === 'POST' && query.has('delete')) return [{ action: 's3:DeleteObject', resources: [`${bucketArn}/*`] }];
    if (query.has('policy'))
      return [{ action: `s3:${ON_POLICY[method] ?? 'GetBucketPolicy'}`, resources: [bucketArn] }];
    if (query.has('lifecycle')) return [{ action: 's3:PutLifecycleConfiguration', resources: [bucketArn] }];
    return [{ action: `s3:${ON_BUCKET[method] ?? 'ListBucket'}`, resources: [bucketArn] }];
  }
  const action = query.has('attributes') ? 'GetObjectAttributes' : (ON_OBJECT[method] ?? 'GetObject');
  const version = query.has('versionId') ? 'Version' : '';
  const source = headers['x-amz-copy-source'];
  return [
    { action: `s3:${action}${version}`, resources: [`${bucketArn}/${key}`] },
    ...(source === undefined
      ? []
      : [{ action: 's3:GetObject', resources: [`arn:aws:s3:::${decodeURIComponent(source).replace(/^\//, '')}`] }]),
  ];
}

/** Leave to learn that an object is not there. */
export function listing({ path }: AwsRequest): Access[] {
  const [bucket = ''] = path.split('/').slice(1).map(decodeURIComponent);
  return [{ action: 's3:ListBucket', resources: [`arn:aws:s3:::${bucket}`] }];
}
