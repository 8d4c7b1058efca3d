import { z } from 'zod';
import type { Properties } from '../cloudformation/resource-type.ts';

/** A function as its template describes it, with AWS's defaults filled in. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly functionArn: string;
  readonly logicalId: string;
  readonly description: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  /** Limit of one invocation in wall seconds: work is not hurried by the rehearsal's clock. */
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly architectures: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly layers: readonly string[];
  readonly logGroupName: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly reservedConcurrency?: number;
  /** Queue or topic that receives events whose asynchronous invocations all failed. */
  readonly deadLetterArn?: string;
  /** The directory that AWS would mount at `/var/task`. */
  readonly taskRoot: string;
}

const text = z.coerce.string();
const number = z.coerce.number();
const schema = z.object({
  Description: text.default(''),
  Runtime: text.optional(),
  Handler: text.default('index.handler'),
  Role: z.string(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Architectures: z.array(text).default(['x86_64']),
  Environment: z.object({ Variables: z.record(z.string(), text).default({}) }).default({ Variables: {} }),
  Layers: z.array(text).default([]),
  LoggingConfig: z
    .object({ LogGroup: text.optional(), LogFormat: z.enum(['Text', 'JSON']).default('Text') })
    .default({ LogFormat: 'Text' }),
  ReservedConcurrentExecutions: number.optional(),
  DeadLetterConfig: z.object({ TargetArn: text.optional() }).optional(),
});

/**
 * Reads the properties of an `AWS::Lambda::Function`.
 * @throws when the runtime is not Node.js, which is all that can be played here
 */
export function functionConfiguration(
  properties: Properties,
  place: { functionName: string; functionArn: string; logicalId: string; taskRoot: string },
): FunctionConfiguration {
  const read = schema.parse(properties);
  const runtime = read.Runtime;
  if (!runtime?.startsWith('nodejs')) {
    throw new Error(
      `${place.logicalId} asks for the runtime ${runtime ?? 'of a container image'}; the rehearsal runs Node.js functions only`,
    );
  }
  const deadLetterArn = read.DeadLetterConfig?.TargetArn;
  return {
    ...place,
    description: read.Description,
    runtime,
    handler: read.Handler,
    roleArn: read.Role,
    timeoutSeconds: read.Timeout,
    memoryMb: read.MemorySize,
    architectures: read.Architectures,
    variables: read.Environment.Variables,
    layers: read.Layers,
    logGroupName: read.LoggingConfig.LogGroup ?? `/aws/lambda/${place.functionName}`,
    logFormat: read.LoggingConfig.LogFormat,
    ...(read.ReservedConcurrentExecutions !== undefined && { reservedConcurrency: read.ReservedConcurrentExecutions }),
    ...(deadLetterArn && { deadLetterArn }),
  };
}
