import type { DeliveredEvent } from './event-bus.ts';

/** How a target wants its input made of the event; at most one of the three is set. */
interface TargetInput {
  /** Constant JSON text. */
  readonly input?: string | undefined;
  /** JSON path of the part to pass on. */
  readonly inputPath?: string | undefined;
  readonly inputTransformer?:
    { readonly pathsMap: Readonly<Record<string, string>>; readonly template: string } | undefined;
}

/** What the rule's own variables in a template stand for. */
interface RuleFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601; when the rule received the event. */
  readonly ingestionTime: string;
}

/**
 * The text that a target receives for an event.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(event: DeliveredEvent, target: TargetInput, facts: RuleFacts): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(select(event, target.inputPath) ?? null);
  if (target.inputTransformer) return transform(event, target.inputTransformer, facts);
  return JSON.stringify(event);
}

function transform(
  event: DeliveredEvent,
  { pathsMap, template }: NonNullable<TargetInput['inputTransformer']>,
  facts: RuleFacts,
): string {
  const variables = new Map<string, unknown>([
    ['aws.events.rule-arn', facts.ruleArn],
    ['aws.events.rule-name', facts.ruleName],
    ['aws.events.event.ingestion-time', facts.ingestionTime],
    ['aws.events.event', event],
    ['aws.events.event.json', event],
    ...Object.entries(pathsMap).map(([name, path]) => [name, select(event, path)] as const),
  ]);
  // Between quotes a value stands as it is; on its own in a JSON template it keeps its type.
  return template.replace(/"[^"]*"|<[\w.-]+>/g, (part) =>
    part.startsWith('"')
      ? part.replace(/<([\w.-]+)>/g, (whole, name: string) =>
          variables.has(name) ? plain(variables.get(name)) : whole,
        )
      : typed(variables.get(part.slice(1, -1)), isJsonTemplate(template)),
  );
}

const isJsonTemplate = (template: string): boolean => /^\s*[{[]/.test(template);

const plain = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return JSON.stringify(text).slice(1, -1);
};

const typed = (value: unknown, json: boolean): string =>
  typeof value === 'string' && !json ? value : JSON.stringify(value ?? '');

/** `$.detail.containers[0].name`, `$` */
function select(event: unknown, path: string): unknown {
  const names = path
    .replace(/^\$\.?/, '')
    .replace(/\[(?:'([^']+)'|(\d+))\]/g, (_, name?: string, index?: string) => `.${name ?? index}`);
  return names
    .split('.')
    .filter((name) => name !== '')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], event);
}
