import type { Rate } from './token-bucket.ts';

/** A quota of AWS's on how often something is done in an account and Region. */
export interface Quota extends Rate {
  /** Signing name of the service whose calls draw from it; missing where no call does. */
  readonly service?: string;
  /** The calls that do. @default all of the service */
  readonly operations?: RegExp;
  /** Whether each operation has such a bucket of its own. @default false they share one */
  readonly eachOperation?: boolean;
}

export type QuotaName = keyof ReturnType<typeof awsQuotas>;

/** Regions where Step Functions gives more. */
const LARGE_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];

/**
 * AWS's figures, as an account has them by default. Not published is Auto Scaling's, one bucket for all its calls: it is
 * taken to be that of EC2's calls that change nothing.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/throttling.html
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function awsQuotas(region: string) {
  const large = LARGE_REGIONS.includes(region);
  const rate = (bucket: number, refillPerSecond: number): Rate => ({ bucket, refillPerSecond });
  const states = (operations: RegExp, ...rates: [large: Rate, other: Rate]): Quota => ({
    service: 'states',
    operations,
    ...rates[large ? 0 : 1],
  });
  const balancing = (operations: RegExp, each: Rate): Quota => ({
    service: 'elasticloadbalancing',
    operations,
    ...each,
  });
  const ec2 = (operations: RegExp, each: Rate): Quota => ({ service: 'ec2', operations, eachOperation: true, ...each });
  return {
    AutoScaling: { service: 'autoscaling', ...rate(100, 20) },
    Ec2Describe: ec2(/^Describe/, rate(100, 20)),
    Ec2Terminate: ec2(/^TerminateInstances$/, rate(100, 5)),
    Ec2Launch: ec2(/^(Run|Start)Instances$/, rate(5, 2)),
    Ec2Change: ec2(/^(?!Describe|(Run|Start|Terminate)Instances$)/, rate(50, 5)),
    LoadBalancing: balancing(/./, rate(40, 10)),
    LoadBalancingDescribe: balancing(/^Describe/, rate(40, 10)),
    LoadBalancingTargets: balancing(/^(Register|Deregister)Targets$/, rate(20, 4)),
    LoadBalancingChange: balancing(/^(?!Describe|(Register|Deregister)Targets$)/, rate(20, 3)),
    StartExecution: states(/^StartExecution$/, rate(1300, 300), rate(800, 150)),
    StopExecution: states(/^StopExecution$/, rate(1000, 200), rate(500, 25)),
    TaskAnswers: states(/^SendTask(Success|Failure|Heartbeat)$/, rate(3000, 500), rate(1500, 300)),
    DescribeExecution: states(/^DescribeExecution$/, rate(300, 15), rate(250, 10)),
    GetExecutionHistory: states(/^GetExecutionHistory$/, rate(400, 20), rate(400, 20)),
    ListExecutions: states(/^ListExecutions$/, rate(200, 5), rate(100, 2)),
    /** States entered and tried again; what is too fast waits. */
    StateTransitions: large ? rate(5000, 5000) : rate(800, 800),
    /** Children that Map Runs begin; they wait as well. */
    MapRunChildren: rate(100, 100),
    /** Write units on one partition key of a table. */
    PartitionWrites: rate(1000, 1000),
  } satisfies Record<string, Quota>;
}

/** Functions that run at once in an account and Region: not a rate, and so apart. */
export const CONCURRENT_INVOCATIONS = 1000;
