/** Its name where nobody names another. */
export const APP_SPEC_FILE_NAME = 'appspec.yml';

/** A longer one was made to exhaust whoever reads it. */
export const LARGEST_APP_SPEC_BYTES = 1024 * 1024;

/** Where the AppSpec of a revision may lie, the most wanted first. @param named as the deployment names it */
export function appSpecPaths(named = APP_SPEC_FILE_NAME): readonly string[] {
  return [...new Set([named, 'appspec.yaml', 'appspec.yml'])];
}

/**
 * Whether the only directory of a bundle is the revision itself, which some tools wrap into one.
 * @param names of what lies directly in it
 */
export function isRevision(names: readonly string[]): boolean {
  return names.some((name) => /appspec/i.test(name));
}
