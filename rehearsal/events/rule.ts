import { z } from 'zod';
import type { Properties } from '../cloudformation/resource-type.ts';
import { AwsError } from '../endpoint/service.ts';
import { eventMatcher, type EventMatcher } from './event-pattern.ts';
import { schedule, type Schedule } from './schedule.ts';

/** A rule of the default event bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly eventPattern?: unknown;
  readonly scheduleExpression?: string;
  readonly matches?: EventMatcher;
  readonly schedule?: Schedule;
  readonly targets: readonly RuleTarget[];
}

export type RuleTarget = z.output<typeof targetSchema>;

const text = z.string();
const targetSchema = z.object({
  Id: text,
  Arn: text,
  RoleArn: text.optional(),
  Input: text.optional(),
  InputPath: text.optional(),
  InputTransformer: z.object({ InputPathsMap: z.record(text, text).default({}), InputTemplate: text }).optional(),
  SqsParameters: z.object({ MessageGroupId: text }).optional(),
  RetryPolicy: z
    .object({
      MaximumRetryAttempts: z.coerce.number().default(185),
      MaximumEventAgeInSeconds: z.coerce.number().default(86_400),
    })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  DeadLetterConfig: z.object({ Arn: text.optional() }).optional(),
});

const ruleSchema = z.object({
  Description: text.default(''),
  State: z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).default('ENABLED'),
  EventBusName: text.default('default'),
  EventPattern: z.union([text, z.record(text, z.unknown())]).optional(),
  ScheduleExpression: text.optional(),
  Targets: z.array(targetSchema).default([]),
});

/** Reads the properties of an `AWS::Events::Rule`. @throws for a bus or a pattern that cannot be played */
export function readRule(properties: Properties, name: string, arn: string): Rule {
  const read = ruleSchema.parse(properties);
  if (!/(^|\/)default$/.test(read.EventBusName)) {
    throw new Error(`Rule ${name} is on the event bus ${read.EventBusName}; the rehearsal has the default bus only`);
  }
  const { EventPattern, ScheduleExpression } = read;
  const eventPattern: unknown = typeof EventPattern === 'string' ? JSON.parse(EventPattern) : EventPattern;
  return {
    name,
    arn,
    description: read.Description,
    enabled: read.State !== 'DISABLED',
    targets: read.Targets,
    ...(eventPattern !== undefined && { eventPattern, matches: eventMatcher(eventPattern) }),
    ...(ScheduleExpression && { scheduleExpression: ScheduleExpression, schedule: schedule(ScheduleExpression) }),
  };
}

/** The rules of the account, by name. */
export class Rules {
  readonly #rules = new Map<string, Rule>();

  all(): Rule[] {
    return [...this.#rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): Rule {
    const rule = this.#rules.get(name);
    if (rule) return rule;
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  }

  put(rule: Rule): void {
    this.#rules.set(rule.name, rule);
  }

  remove(name: string): void {
    this.#rules.delete(name);
  }
}
