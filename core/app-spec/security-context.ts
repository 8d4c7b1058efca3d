import { AppSpecError } from './app-spec-error.ts';
import { parseSecurityRange } from './security-range.ts';
import { mapOf, textOf } from './shapes.ts';
import type { Place } from './yaml-place.ts';
import { written } from './yaml-place.ts';

/** An SELinux context: `{name: unconfined_u, type: httpd_sys_content_t, range: s0}`. */
export interface SecurityContext {
  /** SELinux user, the key `name` of the file. */
  readonly user?: string;
  readonly type: string;
  /** Normalised, e.g. `s0-s1:c0.c3`. */
  readonly range?: string;
}

/** Reads the `context` of a permission; undefined when there is none. */
export function parseSecurityContext(place: Place | undefined): SecurityContext | undefined {
  if (!place || place.kind === 'nothing') return undefined;
  const { entries } = mapOf(place, 'the context of a permission');
  const user = textOf(entries.get('name'), 'the name of a context');
  const type = textOf(entries.get('type'), 'the type of a context');
  const range = entries.get('range');
  if (type === undefined) {
    throw new AppSpecError(
      `The deployment failed because the application specification file specifies an invalid context type (${written(place)}). Update the permissions section of the AppSpec file, and then try again.`,
      place,
      'add "type:", the SELinux type, such as httpd_sys_content_t',
    );
  }
  const rangeText = textOf(range, 'the range of a context');
  return {
    ...(user === undefined ? {} : { user }),
    type,
    // AWS's agent fails in Install without a range; semanage itself does not need one, so neither do we.
    ...(rangeText === undefined ? {} : { range: parseSecurityRange(rangeText, range ?? place) }),
  };
}
