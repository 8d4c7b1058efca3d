import type { BundleType } from '../../agent/protocol/revision-location.ts';

const ENDINGS: readonly (readonly [string, BundleType])[] = [
  ['.zip', 'zip'],
  ['.tar', 'tar'],
  ['.tgz', 'tgz'],
  ['.tar.gz', 'tgz'],
];

/** What kind of bundle a file is, by its name; undefined when the name does not tell. */
export function bundleTypeOf(path: string): BundleType | undefined {
  return ENDINGS.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
}
