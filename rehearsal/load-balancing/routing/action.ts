import { z } from 'zod';
import { listOf, wholeNumber } from '../../ec2/input.ts';

const weightedTargetGroup = z.object({ TargetGroupArn: z.string(), Weight: wholeNumber.default(1) });

const forward = z
  .object({
    Type: z.literal('forward'),
    TargetGroupArn: z.string().optional(),
    ForwardConfig: z.object({ TargetGroups: listOf(weightedTargetGroup).default([]) }).optional(),
  })
  .transform(({ TargetGroupArn, ForwardConfig }) => ({
    type: 'forward' as const,
    targetGroups:
      ForwardConfig && ForwardConfig.TargetGroups.length > 0
        ? ForwardConfig.TargetGroups
        : [{ TargetGroupArn: TargetGroupArn ?? '', Weight: 1 }],
  }));

const fixedResponse = z
  .object({
    Type: z.literal('fixed-response'),
    FixedResponseConfig: z.object({
      StatusCode: z.coerce.string(),
      ContentType: z.string().default('text/plain'),
      MessageBody: z.string().default(''),
    }),
  })
  .transform(({ FixedResponseConfig }) => ({ type: 'fixed-response' as const, ...FixedResponseConfig }));

const redirect = z
  .object({
    Type: z.literal('redirect'),
    RedirectConfig: z.object({
      StatusCode: z.enum(['HTTP_301', 'HTTP_302']),
      Protocol: z.string().default('#{protocol}'),
      Host: z.string().default('#{host}'),
      Port: z.string().default('#{port}'),
      Path: z.string().default('/#{path}'),
      Query: z.string().default('#{query}'),
    }),
  })
  .transform(({ RedirectConfig }) => ({ type: 'redirect' as const, ...RedirectConfig }));

/** What a listener does with a request; authentication is not played. */
export const action = z.union([forward, fixedResponse, redirect]);
export type Action = z.output<typeof action>;

/** The target group of a forward whose turn it is: by weight, in turns, so that a rehearsal repeats itself. */
export function pickTargetGroup(
  targetGroups: readonly z.output<typeof weightedTargetGroup>[],
  turn: number,
): string | undefined {
  const total = targetGroups.reduce((sum, { Weight }) => sum + Weight, 0);
  let rest = total === 0 ? 0 : turn % total;
  return targetGroups.find(({ Weight }) => (rest -= Weight) < 0)?.TargetGroupArn;
}

export const targetGroupArnsOf = (actions: readonly Action[]): readonly string[] =>
  actions.flatMap((one) =>
    one.type === 'forward' ? one.targetGroups.map(({ TargetGroupArn }) => TargetGroupArn) : [],
  );

/** An action as Describe calls show it. */
export function actionView(one: Action, index: number) {
  const { type, ...settings } = one;
  const Order = index + 1;
  if (one.type === 'forward') {
    const [only] = one.targetGroups;
    return {
      Type: type,
      Order,
      ...(one.targetGroups.length === 1 && { TargetGroupArn: only?.TargetGroupArn }),
      ForwardConfig: { TargetGroups: one.targetGroups },
    };
  }
  return { Type: type, Order, [type === 'redirect' ? 'RedirectConfig' : 'FixedResponseConfig']: settings };
}
