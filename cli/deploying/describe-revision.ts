import type { RevisionLocation } from '@aws-sdk/client-codedeploy';

/** A revision in a line: `s3://bucket/web-1.2.zip`, `owner/repository@commit`. */
export function describeRevision(revision: RevisionLocation | undefined): string {
  const { s3Location, gitHubLocation, appSpecContent, string } = revision ?? {};
  if (s3Location) {
    const { bucket, key, version } = s3Location;
    return `s3://${bucket}/${key}${version === undefined ? '' : `?versionId=${version}`}`;
  }
  if (gitHubLocation) return `${gitHubLocation.repository}@${gitHubLocation.commitId}`;
  const inline = appSpecContent ?? string;
  return inline ? `AppSpec ${inline.sha256 ?? ''}`.trimEnd() : 'no revision';
}

/** Whether both name the very same bundle; an ETag or version that only one of them knows does not part them. */
export function isSameRevision(one: RevisionLocation | undefined, other: RevisionLocation | undefined): boolean {
  if (!one || !other || describeWithoutVersion(one) !== describeWithoutVersion(other)) return false;
  return (
    isCompatible(one.s3Location?.version, other.s3Location?.version) &&
    isCompatible(bare(one.s3Location?.eTag), bare(other.s3Location?.eTag))
  );
}

function describeWithoutVersion(revision: RevisionLocation): string {
  const { s3Location } = revision;
  return s3Location ? `s3://${s3Location.bucket}/${s3Location.key}` : describeRevision(revision);
}

function isCompatible(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function bare(eTag: string | undefined): string | undefined {
  return eTag?.replaceAll('"', '');
}
