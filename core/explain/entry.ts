/** Who did what an entry tells. */
export type Teller = 'Auto Scaling' | 'engine' | 'host';

/** One thing that happened in the story of a host. */
export interface StoryEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly teller: Teller;
  readonly instanceId: string;
  /** Missing for what Auto Scaling does by itself. */
  readonly deploymentId?: string;
  /** A sentence without its full stop. */
  readonly text: string;
  /** Reasons, and the last lines of a script that failed. */
  readonly details?: readonly string[];
}

/** Entries in the order in which things happened; those of one moment stay as they are. */
export function inOrder(entries: readonly StoryEntry[]): readonly StoryEntry[] {
  return entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
