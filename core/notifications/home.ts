/** Where deployments run, and what their names in AWS begin with. */
export interface Home {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Reads it off any ARN of that account and Region. @throws Error for what is no such ARN */
export function homeIn(arn: string): Home {
  const [, partition, region, accountId] = /^arn:([^:]+):[^:]+:([^:]+):(\d+):/.exec(arn) ?? [];
  if (partition && region && accountId) return { partition, region, accountId };
  throw new Error(`${arn} is no ARN that names a Region and an account`);
}
