/** States of a target as DescribeTargetHealth shows them. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';
