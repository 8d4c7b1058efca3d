import { type Decision, finish } from './decide-on-launch.ts';
import type { InPlaceRequest } from './target-request.ts';

/** What is known when a deployment in place begins on a host. */
export interface InPlace {
  readonly request: Pick<InPlaceRequest, 'instanceId' | 'revision'>;
  /** Deployment of the host's last termination, if there is one. */
  readonly leaving: string | undefined;
}

/** A host in service gets the revision that it is asked for. One that leaves needs none any more, which is no failure. */
export function decideInPlace({ request: { instanceId, revision }, leaving }: InPlace): Decision {
  if (leaving === undefined) return { kind: 'deploy', revision };
  return finish(
    'Skipped',
    null,
    `${instanceId} is being terminated (deployment ${leaving}): nothing is deployed to it`,
  );
}
