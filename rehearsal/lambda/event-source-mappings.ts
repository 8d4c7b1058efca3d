import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Properties } from '../cloudformation/resource-type.ts';
import { AwsError } from '../endpoint/service.ts';
import { RoleClientPool } from '../events/role-clients.ts';
import type { Ground } from '../part.ts';
import type { FunctionRegistry } from './function-registry.ts';
import { SqsMapping, type SqsMappingOptions } from './sqs-mapping.ts';

/** Lambda begins with five pollers of a queue; more would only fill the function's own waiting line. */
const DEFAULT_CONCURRENCY = 5;
const DEFAULT_BATCH_SIZE = 10;

const schema = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.preprocess((value) => value === 'true' || value === true, z.boolean()).default(true),
  BatchSize: z.coerce.number().default(DEFAULT_BATCH_SIZE),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().optional() }).default({}),
  FilterCriteria: z
    .undefined('FilterCriteria of an event source mapping is not played here: filter in the function')
    .optional(),
});

interface Entry {
  readonly uuid: string;
  readonly functionArn: string;
  readonly options: SqsMappingOptions;
  readonly enabled: boolean;
  readonly lastModified: number;
  readonly mapping?: SqsMapping;
}

/** The event source mappings of the account: which queue feeds which function. */
export class EventSourceMappings {
  readonly #ground: Ground;
  readonly #functions: FunctionRegistry;
  readonly #clients: RoleClientPool;
  readonly #entries = new Map<string, Entry>();

  constructor(ground: Ground, functions: FunctionRegistry) {
    this.#ground = ground;
    this.#functions = functions;
    this.#clients = new RoleClientPool(ground, 'event-source-mapping');
  }

  /**
   * Starts to receive, unless the mapping is disabled.
   * @returns the mapping's UUID
   * @throws for event sources that are no SQS queue
   */
  create(properties: Properties, uuid: string = randomUUID()): string {
    const read = schema.parse(properties);
    const { configuration } = this.#functions.find(read.FunctionName);
    if (!read.EventSourceArn.startsWith('arn:aws:sqs:')) {
      throw new Error(`${read.EventSourceArn} cannot feed a function here: the rehearsal plays SQS event sources only`);
    }
    const options: SqsMappingOptions = {
      queueArn: read.EventSourceArn,
      batchSize: read.BatchSize,
      windowSeconds: read.MaximumBatchingWindowInSeconds,
      reportsBatchItemFailures: read.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      maximumConcurrency: read.ScalingConfig.MaximumConcurrency ?? DEFAULT_CONCURRENCY,
    };
    this.remove(uuid);
    this.#entries.set(uuid, {
      uuid,
      functionArn: configuration.functionArn,
      options,
      enabled: read.Enabled,
      lastModified: this.#ground.clock.now(),
      ...(read.Enabled && { mapping: this.#start(configuration.functionArn, configuration.roleArn, options) }),
    });
    return uuid;
  }

  remove(uuid: string): void {
    this.#entries.get(uuid)?.mapping?.stop();
    this.#entries.delete(uuid);
  }

  /** Lambda's EventSourceMappingConfiguration. @throws AwsError ResourceNotFoundException */
  describe(uuid: string): object {
    const entry = this.#entries.get(uuid);
    if (entry) return describe(entry);
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
  }

  list(functionArn?: string, eventSourceArn?: string): object[] {
    return [...this.#entries.values()]
      .filter((entry) => functionArn === undefined || entry.functionArn === functionArn)
      .filter((entry) => eventSourceArn === undefined || entry.options.queueArn === eventSourceArn)
      .map(describe);
  }

  close(): void {
    for (const uuid of [...this.#entries.keys()]) this.remove(uuid);
    this.#clients.destroy();
  }

  #start(functionArn: string, roleArn: string, options: SqsMappingOptions): SqsMapping {
    return new SqsMapping(
      this.#ground,
      this.#clients.for(roleArn).sqs,
      () => this.#functions.find(functionArn),
      options,
    );
  }
}

const describe = ({ uuid, functionArn, options, enabled, lastModified }: Entry): object => ({
  UUID: uuid,
  EventSourceArn: options.queueArn,
  FunctionArn: functionArn,
  BatchSize: options.batchSize,
  MaximumBatchingWindowInSeconds: options.windowSeconds,
  FunctionResponseTypes: options.reportsBatchItemFailures ? ['ReportBatchItemFailures'] : [],
  ScalingConfig: { MaximumConcurrency: options.maximumConcurrency },
  LastModified: lastModified / 1000,
  State: enabled ? 'Enabled' : 'Disabled',
  StateTransitionReason: 'USER_INITIATED',
});
