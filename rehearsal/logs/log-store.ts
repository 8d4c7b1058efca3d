/** One event of a log stream; times in rehearsed milliseconds since the epoch. */
export interface LogEvent {
  readonly eventId: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
  storedBytes: number;
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  retentionInDays?: number;
  readonly streams: Map<string, LogStream>;
}

/** Told of each event as it arrives. */
type LogListener = (groupName: string, event: LogEvent) => void;

/** Everything that was logged, by group and stream. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly #now: () => number;
  readonly #listeners = new Set<LogListener>();
  #sequence = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The group of that name, made now if there is none: functions and state machines create theirs on first use. */
  group(name: string): LogGroup {
    let group = this.groups.get(name);
    if (!group) this.groups.set(name, (group = { name, createdAt: this.#now(), streams: new Map() }));
    return group;
  }

  stream(groupName: string, streamName: string): LogStream {
    const { streams } = this.group(groupName);
    let stream = streams.get(streamName);
    if (!stream)
      streams.set(streamName, (stream = { name: streamName, createdAt: this.#now(), events: [], storedBytes: 0 }));
    return stream;
  }

  /** @param timestamp when the line was written, in rehearsed milliseconds since the epoch */
  append(groupName: string, streamName: string, message: string, timestamp: number): void {
    const eventId = String((this.#sequence += 1)).padStart(56, '0');
    const event = { eventId, timestamp: Math.floor(timestamp), ingestionTime: Math.floor(this.#now()), message };
    const stream = this.stream(groupName, streamName);
    stream.events.push(event);
    stream.storedBytes += message.length;
    for (const listener of this.#listeners) listener(groupName, event);
  }

  /** Calls `listener` with each event from now on; the returned function ends it. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
