import type { Clock } from '../clock.ts';
import { operationOf } from '../endpoint/call-notes.ts';
import type { AwsRequest, AwsResponse, Caller } from '../endpoint/service.ts';
import { awsQuotas, CONCURRENT_INVOCATIONS, type Quota, type QuotaName } from './quotas.ts';
import { Places } from './places.ts';
import { throttled } from './throttled.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** `aws`: AWS's figures; rates by name: those in place of AWS's, which hold for the others. */
export type ThrottlesOption = 'none' | 'aws' | Readonly<Partial<Record<QuotaName, Rate>>>;

/** What an account may do how often. Time is rehearsed: at speed 60, sixty times as much in a second of the wall. */
export interface Throttles {
  /** The answer to a call that comes too early; undefined where it may go on, and is counted. */
  refusal(request: AwsRequest): AwsResponse | undefined;
  /** Returns when one more of it may be done. @throws the signal's reason when it is aborted meanwhile */
  untilAllowed(name: 'StateTransitions' | 'MapRunChildren', signal: AbortSignal): Promise<void>;
  /** Whether a partition key takes no write at this moment. */
  isHot(partition: string): boolean;
  /** Counts what was written. */
  written(partition: string, units: number): void;
  /** Functions that run at once. */
  readonly invocations: Places;
}

/** Lets everything through. */
export const NO_THROTTLES: Throttles = {
  refusal: () => undefined,
  untilAllowed: () => Promise.resolve(),
  isHot: () => false,
  written: () => undefined,
  invocations: new Places(Infinity),
};

export function createThrottles(
  option: ThrottlesOption,
  { region, clock }: { readonly region: string; readonly clock: Clock },
): Throttles {
  if (option === 'none') return NO_THROTTLES;
  const rates = option === 'aws' ? {} : option;
  const quotas = Object.entries<Quota>(awsQuotas(region)).map(
    ([name, quota]) => [name, { ...quota, ...rates[name as QuotaName] }] as const,
  );
  return new EnforcedThrottles(new Map(quotas), clock);
}

const UNLIMITED: Rate = { bucket: Number.MAX_SAFE_INTEGER, refillPerSecond: 0 };

class EnforcedThrottles implements Throttles {
  readonly invocations = new Places(CONCURRENT_INVOCATIONS);
  readonly #quotas: ReadonlyMap<string, Quota>;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(quotas: ReadonlyMap<string, Quota>, clock: Clock) {
    this.#quotas = quotas;
    this.#clock = clock;
  }

  refusal(request: AwsRequest): AwsResponse | undefined {
    if (isOfAws(request.caller)) return undefined;
    const buckets = this.#bucketsOf(request.service, operationOf(request));
    if (!buckets.every((bucket) => bucket.isOpen)) return throttled(request);
    for (const bucket of buckets) bucket.take();
    return undefined;
  }

  async untilAllowed(name: 'StateTransitions' | 'MapRunChildren', signal: AbortSignal): Promise<void> {
    const waitMs = this.#bucket(name, name).reserve();
    if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
  }

  isHot(partition: string): boolean {
    return !this.#bucket('PartitionWrites', partition).isOpen;
  }

  written(partition: string, units: number): void {
    this.#bucket('PartitionWrites', partition).take(units);
  }

  #bucketsOf(service: string, operation: string): TokenBucket[] {
    return [...this.#quotas]
      .filter(([, quota]) => quota.service === service && (quota.operations?.test(operation) ?? true))
      .map(([name, { eachOperation }]) => this.#bucket(name, eachOperation ? `${name} ${operation}` : name));
  }

  /** @param key which bucket of those with the quota's rate */
  #bucket(name: string, key: string): TokenBucket {
    const known = this.#buckets.get(key);
    if (known) return known;
    const rate = this.#quotas.get(name) ?? UNLIMITED;
    const made = new TokenBucket(rate, () => this.#clock.now());
    this.#buckets.set(key, made);
    return made;
  }
}

/** What AWS's services do for their customers is not counted with the customers' own calls. */
const isOfAws = ({ service, roleArn }: Caller): boolean =>
  service !== undefined || (roleArn?.includes(':role/aws-service-role/') ?? false);
