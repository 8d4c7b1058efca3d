import { resolve } from 'node:path';

/** Places an absolute path of the host where it really lies. */
export type Place = (path: string) => string;

/**
 * The convention of staged installs: with `DESTDIR` set, every path that the agent uses lies below it, so that
 * several hosts can share one machine. A path that is already below it stays, hence placing twice does no harm.
 * Relative paths count from `/`, the working directory of a service.
 */
export function stagingBelow(destdir = ''): Place {
  const root = resolve('/', destdir);
  if (root === '/') return (path) => resolve('/', path);
  return (path) => {
    const absolute = resolve('/', path);
    return absolute === root || absolute.startsWith(`${root}/`)
      ? absolute
      : `${root}${absolute === '/' ? '' : absolute}`;
  };
}
