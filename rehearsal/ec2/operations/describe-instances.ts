import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import { filters, passes } from '../filters.ts';
import { texts, wholeNumber } from '../input.ts';
import { instanceFilterView, instanceView, select } from '../instance-view.ts';
import { operation } from '../operation.ts';
import { page } from '../page.ts';

const rules = z.object({
  InstanceId: texts.default([]),
  Filter: filters,
  MaxResults: wholeNumber.min(5).max(1000).default(1000),
  NextToken: z.string().optional(),
});

/** Instances, each in a reservation of its own. @throws AwsError InvalidInstanceID.NotFound, InvalidInstanceID.Malformed */
export const describeInstances = operation(rules, (input, { instances, accountId }) => {
  const chosen = select(instances, input.InstanceId).filter((one) => passes(input.Filter, instanceFilterView(one)));
  const { items, nextToken } = page(chosen, {
    size: input.MaxResults,
    token: input.NextToken,
    invalidToken: () => new AwsError('InvalidParameterValue', 'Invalid value for nextToken'),
  });
  return {
    reservationSet: items.map((instance) => ({
      reservationId: instance.reservationId,
      ownerId: accountId,
      groupSet: [],
      instancesSet: [instanceView(instance)],
    })),
    nextToken,
  };
});
