import type { Rehearsal } from '../../rehearsal/index.ts';
import { expectThat } from '../deviation.ts';

/** @throws Deviation when a role was refused a call: permission was wanting, whatever else the story saw */
export function expectNoRefusal({ permissions }: Rehearsal): void {
  // What a person is refused is between that person and a resource's policy.
  const refusal = permissions.refusals.find(({ principal }) => !principal.includes(':user/'));
  expectThat(refusal === undefined, 'every call is allowed by the role that makes it', refusal?.message ?? '');
}
