/** The members that an event has under its `…EventDetails`. Payloads are JSON text. */
export type EventDetails = Readonly<Record<string, unknown>>;

export interface HistoryEvent {
  readonly id: number;
  /** The event that led to this one; branches make it a tree. */
  readonly previousEventId: number;
  /** `TaskStateEntered`, `TaskScheduled`, … */
  readonly type: string;
  /** Rehearsed milliseconds since the epoch. */
  readonly at: number;
  readonly details?: EventDetails;
}

const PAYLOADS = new Set(['input', 'output', 'parameters', 'assignedVariables', 'cause']);

/** An event as GetExecutionHistory returns it. Without execution data, payloads are left out. */
export function renderEvent({ id, previousEventId, type, at, details }: HistoryEvent, includeData: boolean): object {
  const shown = details && !includeData ? withoutPayloads(details) : details;
  return { id, previousEventId, type, timestamp: new Date(at), ...(shown && { [detailsMember(type)]: shown }) };
}

const withoutPayloads = (details: EventDetails): EventDetails =>
  Object.fromEntries(Object.entries(details).filter(([name]) => !PAYLOADS.has(name)));

/** States of all types share two members; every other event type has its own. */
function detailsMember(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
