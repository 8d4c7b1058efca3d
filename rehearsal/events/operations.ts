import { z } from 'zod';
import { operation, optionalText } from '../logs/operation.ts';
import { page } from '../logs/page.ts';
import type { EventBus } from './event-bus.ts';
import type { Rule, Rules } from './rule.ts';

/** What the operations work on. */
interface EventsAccount {
  readonly rules: Rules;
  readonly bus: EventBus;
  now(): number;
}

/** Each entry is judged by itself; a bad one does not keep the others back. */
export const putEvents = operation(
  z.object({
    Entries: z
      .array(
        z.object({
          Source: optionalText,
          DetailType: optionalText,
          Detail: optionalText,
          Resources: z.array(z.string()).default([]),
          Time: z.number().optional(),
        }),
      )
      .min(1)
      .max(10),
  }),
  ({ Entries }, { bus, now }: EventsAccount) => {
    const results = Entries.map((entry) => {
      const missing = (['Source', 'DetailType', 'Detail'] as const).find((member) => !entry[member]);
      if (missing)
        return refused(
          'InvalidArgument',
          `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
        );
      const detail = objectIn(entry.Detail ?? '');
      if (!detail) return refused('MalformedDetail', 'Detail is malformed.');
      const { Source = '', DetailType = '', Resources, Time } = entry;
      const event = { source: Source, 'detail-type': DetailType, resources: Resources, detail };
      return { EventId: bus.publish(event, Time === undefined ? now() : Time * 1000) };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  },
);

export const listRules = operation(
  z.object({ NamePrefix: z.string().default(''), NextToken: optionalText, Limit: z.number().default(100) }),
  ({ NamePrefix, NextToken, Limit }, { rules }: EventsAccount) => {
    const { items, nextToken } = page(
      rules.all().filter(({ name }) => name.startsWith(NamePrefix)),
      NextToken,
      Limit,
    );
    return { Rules: items.map(describe), NextToken: nextToken };
  },
);

/** @throws AwsError ResourceNotFoundException */
export const describeRule = operation(z.object({ Name: z.string() }), ({ Name }, { rules }: EventsAccount) =>
  describe(rules.get(Name)),
);

/** @throws AwsError ResourceNotFoundException */
export const listTargetsByRule = operation(
  z.object({ Rule: z.string(), NextToken: optionalText, Limit: z.number().default(100) }),
  ({ Rule, NextToken, Limit }, { rules }: EventsAccount) => {
    const { items, nextToken } = page(rules.get(Rule).targets, NextToken, Limit);
    return { Targets: items, NextToken: nextToken };
  },
);

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const describe = (rule: Rule): object => ({
  Name: rule.name,
  Arn: rule.arn,
  Description: rule.description,
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  EventBusName: 'default',
  EventPattern: rule.eventPattern === undefined ? undefined : JSON.stringify(rule.eventPattern),
  ScheduleExpression: rule.scheduleExpression,
});
