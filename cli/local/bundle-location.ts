import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { RevisionLocation } from '../../agent/protocol/revision-location.ts';
import { bundleTypeOf } from '../revision/bundle-type.ts';
import { LocalError } from './local-error.ts';

const TYPES = ['tgz', 'tar', 'zip', 'directory'] as const;
type Type = (typeof TYPES)[number];

/**
 * Reads where a revision lies: a path, `s3://bucket/key?versionId=…&etag=…`, `https://github.com/owner/repository` or
 * `https://api.github.com/repos/owner/repository/tarball/ref`.
 * @param type what it is; told from its name when absent
 * @throws LocalError
 */
export function readBundleLocation(location: string, type: string | undefined): RevisionLocation {
  const known = TYPES.find((candidate) => candidate === type);
  if (type !== undefined && !known) {
    throw new LocalError(`type ${type} is not a valid type. Must be one of ${TYPES.join(',')}`);
  }
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location) ? readUrl(location, known) : readPath(location, known);
}

function readPath(location: string, type: Type | undefined): RevisionLocation {
  const found = statSync(location, { throwIfNoEntry: false });
  if (!found) throw new LocalError(`location ${location} is specified as a file or directory which does not exist`);
  const bundleType = type ?? (found.isDirectory() ? 'directory' : (bundleTypeOf(location) ?? 'directory'));
  if (bundleType === 'directory' && !found.isDirectory()) {
    throw new LocalError(`location ${location} is specified with type directory but it is a file`);
  }
  if (bundleType !== 'directory' && found.isDirectory()) {
    throw new LocalError(`location ${location} is specified as a compressed local file but it is a directory`);
  }
  return { type: 'Local', location: resolve(location), bundleType };
}

function readUrl(location: string, type: Type | undefined): RevisionLocation {
  const url = URL.parse(location);
  if (!url) throw new LocalError(`location ${location} is not a valid uri`);
  if (url.protocol === 'http:') {
    throw new LocalError(`location ${location} cannot be http, only encrypted (https) url endpoints supported`);
  }
  const revision = url.protocol === 's3:' ? readS3(url, type) : readGitHub(url, type);
  if (revision) return revision;
  throw new LocalError(
    `unknown location ${location} cannot be determined to be S3, Github, or a local file / directory`,
  );
}

function readS3(url: URL, type: Type | undefined): RevisionLocation | undefined {
  const key = decodeURIComponent(url.pathname.slice(1));
  const bundleType = type ?? bundleTypeOf(key);
  if (url.host === '' || key === '') return undefined;
  if (bundleType === undefined || bundleType === 'directory') {
    throw new LocalError(`${basename(key)} does not say what kind of bundle it is: give --type zip, tar or tgz`);
  }
  const [version, etag] = [url.searchParams.get('versionId'), url.searchParams.get('etag')];
  return {
    type: 'S3',
    bucket: url.host,
    key,
    bundleType,
    ...(version ? { version } : {}),
    ...(etag ? { etag } : {}),
  };
}

function readGitHub(url: URL, type: Type | undefined): RevisionLocation | undefined {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const asked = type === 'tar' || type === 'zip' ? type : undefined;
  if (url.protocol !== 'https:') return undefined;
  if (url.host === 'github.com') {
    const [account, repository] = parts;
    if (!account || !repository) return undefined;
    const name = repository.replace(/\.git$/, '');
    return { type: 'GitHub', account, repository: name, commitId: 'HEAD', bundleType: asked ?? 'zip' };
  }
  const [repos, account, repository, form, ...ref] = parts;
  if (url.host !== 'api.github.com' || repos !== 'repos' || !account || !repository) return undefined;
  if (form !== 'tarball' && form !== 'zipball') return undefined;
  const bundleType = asked ?? (form === 'tarball' ? 'tar' : 'zip');
  return { type: 'GitHub', account, repository, commitId: ref.join('/') || 'HEAD', bundleType };
}
