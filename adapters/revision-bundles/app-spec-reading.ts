import type { AppSpecLocation } from '../../core/application-revisions/application-revision.ts';
import type { Revision } from '../../core/revision.ts';

/** A revision that lies somewhere: a bundle, or the AppSpec file of Lambda or ECS by itself. */
export type StoredRevision = Revision | { readonly RevisionType: 'S3'; readonly S3Location: AppSpecLocation };

/** What became of reading the AppSpec of a revision. Reasons are parts of a sentence that ends with them. */
export type AppSpecReading =
  | {
      readonly kind: 'read';
      /** Inside the revision; of an AppSpec file by itself, its key. */
      readonly path: string;
      readonly text: string;
      /** Tells this content from any other under the same name. Missing where nothing does. */
      readonly state: string | undefined;
    }
  /** It is what it was in the state that the caller knows. */
  | { readonly kind: 'unchanged' }
  /** There is no such object or commit, whoever asks. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** No host could make anything of it: it is no bundle, or one without an AppSpec. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** GitHub does not take the token that is kept for the owner of the repository, or none is kept where one should be. */
  | { readonly kind: 'token-refused'; readonly reason: string }
  /** Nobody can tell: it is not ours to read, or would take too long. A host may well read it. */
  | { readonly kind: 'unreadable'; readonly reason: string };

type ReadingEnd = Extract<AppSpecReading, { readonly reason: string }>;

/** A reading that ends early, however deep in it that shows. */
export class ReadingEnded extends Error {
  override readonly name = 'ReadingEnded';
  readonly reading: AppSpecReading;

  constructor(reading: AppSpecReading, options?: ErrorOptions) {
    super(reading.kind, options);
    this.reading = reading;
  }
}

/** @throws ReadingEnded */
export function endReading(kind: ReadingEnd['kind'], reason: string, cause?: unknown): never {
  throw new ReadingEnded({ kind, reason }, { cause });
}
