import { randomBytes } from 'node:crypto';

/** Whose things they are. */
export interface ArnScope {
  readonly region: string;
  readonly accountId: string;
}

/** A new ARN of Elastic Load Balancing: `…:targetgroup/web/50dc6c495c0c9188`. */
export const newArn = ({ region, accountId }: ArnScope, kind: string, path: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${accountId}:${kind}/${path}/${randomBytes(8).toString('hex')}`;
