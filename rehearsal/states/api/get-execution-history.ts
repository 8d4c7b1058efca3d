import { renderEvent } from '../history/history-event.ts';
import { findExecution } from './find.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './page.ts';

/** What happened, in the order it happened or, with `reverseOrder`, the latest first. @throws ExecutionDoesNotExist */
export const getExecutionHistory: Operation = (input, account) => {
  const { events } = findExecution(input, account).history;
  const ordered = input.flag('reverseOrder', false) ? events.toReversed() : events;
  const { items, nextToken } = pageOf(ordered, ({ id }) => String(id), input);
  const includeData = input.flag('includeExecutionData', true);
  return { events: items.map((event) => renderEvent(event, includeData)), nextToken };
};
