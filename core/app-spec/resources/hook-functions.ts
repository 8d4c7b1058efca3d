import { nearestName } from '../../nearest-name.ts';
import { AppSpecError } from '../app-spec-error.ts';
import type { Report } from '../report.ts';
import { readEach } from '../report.ts';
import { listOf, textOf } from '../shapes.ts';
import { written } from '../yaml-place.ts';
import type { Place } from '../yaml-place.ts';
import { onlyEntry } from './members.ts';

/**
 * Checks which functions are invoked at which lifecycle events:
 *
 *     - BeforeAllowTraffic: CodeDeployHook_smoke-test
 *     - AfterAllowTraffic: arn:aws:lambda:us-east-1:111122223333:function:CodeDeployHook_report
 *
 * @param events that a function may be invoked at
 */
export function checkHookFunctions(section: Place | undefined, events: readonly string[], report: Report): void {
  const seen = new Set<string>();
  readEach(
    listOf(section, 'Hooks'),
    (place) => {
      const { key, value } = onlyEntry(place, 'an entry of Hooks', 'write "- <event>: <function>" for each');
      const event = events.find((each) => each.toLowerCase() === key.text.toLowerCase());
      if (event === undefined) {
        throw new AppSpecError(`No function can be invoked at ${key.text}.`, key, remedyFor(key.text, events));
      }
      if (seen.has(event)) {
        throw new AppSpecError(`${event} stands twice in Hooks.`, key, 'name one function for each event');
      }
      seen.add(event);
      requireFunction(event, value);
      return event;
    },
    report,
  );
}

function remedyFor(name: string, events: readonly string[]): string {
  const meant = nearestName(name, events);
  return meant === undefined ? `use one of ${events.join(', ')}` : `did you mean ${meant}?`;
}

const FUNCTION = /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:)?[\w-]{1,140}(:(\$LATEST|[\w-]{1,128}))?$/;

function requireFunction(event: string, value: Place): void {
  const name = textOf(value, `the function of ${event}`)?.trim() ?? '';
  if (FUNCTION.test(name)) return;
  throw new AppSpecError(
    `${event} names no function${name && ` (${written(value)})`}.`,
    value,
    'write the name or the ARN of a function',
  );
}
