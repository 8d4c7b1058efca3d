import { isIP } from 'node:net';

export interface S3Location {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string;
}

/**
 * The address of an object. A custom endpoint is always addressed path-style, `<endpoint>/<bucket>/<key>`, as are
 * buckets whose dots would not fit S3's certificate; all others as `<bucket>.s3.<region>.<domain>`.
 */
export function s3ObjectUrl(location: S3Location, s3: { region: string; domain: string; endpoint?: URL }): URL {
  const host = `s3.${s3.region}.${s3.domain}`;
  const isHostStyle = !s3.endpoint && !location.bucket.includes('.') && !isIP(location.bucket);
  const base = s3.endpoint ?? new URL(`https://${isHostStyle ? `${location.bucket}.` : ''}${host}`);
  const path = [...(isHostStyle ? [] : [location.bucket]), ...location.key.split('/')].map(escape).join('/');
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/${path}`);
  if (location.version !== undefined) url.search = `versionId=${escape(location.version)}`;
  return url;
}

/** As signatures want it: everything but letters, digits and `-._~`. */
function escape(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
