import type { AccessOf } from '../endpoint/protocols/operations.ts';

/** Leave for EventBridge's operations: each event of PutEvents is judged by its own source and detail type. */
export function eventsAccess({ region, accountId }: { region: string; accountId: string }): AccessOf {
  const arn = (rest: string): string => `arn:aws:events:${region}:${accountId}:${rest}`;
  return (operation, { Entries, Name }) => {
    if (operation === 'PutEvents') {
      const entries = (Array.isArray(Entries) ? Entries : []) as Readonly<Record<string, unknown>>[];
      return entries.map(({ EventBusName: bus = 'default', Source, DetailType }) => ({
        action: 'events:PutEvents',
        resources: [String(bus).startsWith('arn:') ? String(bus) : arn(`event-bus/${String(bus)}`)],
        context: { 'events:source': [String(Source)], 'events:detail-type': [String(DetailType)] },
      }));
    }
    return typeof Name === 'string' ? [{ action: `events:${operation}`, resources: [arn(`rule/${Name}`)] }] : undefined;
  };
}
