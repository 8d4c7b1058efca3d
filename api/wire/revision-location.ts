import type { BundleType, RevisionLocation } from '@aws-sdk/client-codedeploy';

import type { ApplicationRevision } from '../../core/application-revisions/application-revision.ts';
import type { Members } from './shape.ts';

/** The shape of every member that holds a revision. */
export const REVISION_SHAPE: Members<RevisionLocation> = {
  revisionType: 'text',
  s3Location: { bucket: 'text', key: 'text', bundleType: 'text', version: 'text', eTag: 'text' },
  gitHubLocation: { repository: 'text', commitId: 'text' },
  string: { content: 'text', sha256: 'text' },
  appSpecContent: { content: 'text', sha256: 'text' },
};

/** A revision as clients see it; the other way is `validation/revision.ts`. */
export function revisionLocation(revision: ApplicationRevision): RevisionLocation {
  switch (revision.RevisionType) {
    case 'S3': {
      const { Bucket, Key, BundleType, Version, ETag } = revision.S3Location;
      return {
        revisionType: 'S3',
        s3Location: { bucket: Bucket, key: Key, bundleType: BundleType as BundleType, version: Version, eTag: ETag },
      };
    }
    case 'GitHub': {
      const { Repository, CommitId } = revision.GitHubLocation;
      return { revisionType: 'GitHub', gitHubLocation: { repository: Repository, commitId: CommitId } };
    }
    case 'String':
      return { revisionType: 'String', string: { content: revision.Content, sha256: revision.Sha256 } };
    case 'AppSpecContent':
      return { revisionType: 'AppSpecContent', appSpecContent: { content: revision.Content, sha256: revision.Sha256 } };
  }
}

/** The same without the text of an AppSpec file, of which a page of a hundred might hold too much. */
export function listedLocation(revision: ApplicationRevision): RevisionLocation {
  return revisionLocation('Sha256' in revision ? { ...revision, Content: undefined } : revision);
}
