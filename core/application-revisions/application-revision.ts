import { describeRevision, type Revision, type S3Location } from '../revision.ts';

/** The AppSpec file that an application of Lambda or ECS deploys: an object in S3, or the text itself. */
export type AppSpecRevision =
  | { readonly RevisionType: 'S3'; readonly S3Location: AppSpecLocation }
  | ({ readonly RevisionType: 'String' | 'AppSpecContent' } & AppSpecText);

/** An AppSpec file in S3. */
export interface AppSpecLocation extends Omit<S3Location, 'BundleType'> {
  readonly BundleType: 'YAML' | 'JSON';
}

/** An AppSpec file by its text. */
export interface AppSpecText {
  /** Undefined where a caller only says which revision is meant: the digest is enough to find it. */
  readonly Content?: string | undefined;
  /** SHA-256 of the content in lower-case hexadecimal. */
  readonly Sha256: string;
}

/** What may be registered with an application: a bundle for servers, an AppSpec file for Lambda and ECS. */
export type ApplicationRevision = Revision | AppSpecRevision;

/** A revision that an application knows. */
export interface RegisteredRevision {
  readonly revision: ApplicationRevision;
  readonly description?: string;
  readonly registeredAtMs: number;
  /** When the first deployment of it was created. */
  readonly firstUsedAtMs?: number;
  readonly lastUsedAtMs?: number;
  /** What its bundle was when its AppSpec was last read and found right: the ETag of an object, the id of a commit. */
  readonly checkedState?: string;
}

/**
 * What makes a revision the same as another: the place with version and ETag, the commit, or the digest of the text.
 * Some clients write an ETag with its quotes and some without.
 */
export function revisionIdentity(revision: ApplicationRevision): string {
  return JSON.stringify([revision.RevisionType, ...place(revision)]);
}

function place(revision: ApplicationRevision): readonly (string | null)[] {
  switch (revision.RevisionType) {
    case 'S3': {
      const { Bucket, Key, BundleType, Version, ETag } = revision.S3Location;
      return [Bucket, Key, BundleType, Version ?? null, ETag === undefined ? null : withoutQuotes(ETag)];
    }
    case 'GitHub':
      return [revision.GitHubLocation.Repository, revision.GitHubLocation.CommitId];
    case 'String':
    case 'AppSpecContent':
      return [revision.Sha256];
  }
}

/** A revision in a line, as people write it; a text by its digest. */
export function describeApplicationRevision(revision: ApplicationRevision): string {
  return 'Sha256' in revision ? `${revision.RevisionType} ${revision.Sha256}` : describeRevision(revision);
}

/** An ETag as it is compared. */
export function withoutQuotes(eTag: string): string {
  return eTag.replaceAll('"', '');
}
