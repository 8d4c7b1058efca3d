import type { Route } from './endpoint/endpoint.ts';
import { createEventsPart } from './events/create-events-part.ts';
import { createIdentityPart } from './identity/create-identity-part.ts';
import type { Sessions } from './identity/sessions.ts';
import { verifySignature } from './identity/signature.ts';
import { createLambdaPart } from './lambda/create-lambda-part.ts';
import { createLogsPart } from './logs/create-logs-part.ts';
import type { BusEvent, Ground, Part } from './part.ts';
import { createStatesPart } from './states/create-states-part.ts';
import { createStoragePart } from './storage/create-storage-part.ts';
import type { ParameterStore } from './storage/parameter-store.ts';

export interface CloudOptions {
  readonly route: Route;
  readonly sessions: Sessions;
  readonly parameters: ParameterStore;
  /** The directory of a published asset. */
  readonly codeDirectory: (bucket: string, key: string) => string | undefined;
}

/** All parts of the cloud. */
export interface Cloud {
  /** In the order in which they end: whoever acts by itself before what it acts on. */
  readonly parts: readonly Part[];
  /** EventBridge's default bus. */
  emit(event: BusEvent): void;
}

export function createCloud(ground: Ground, options: CloudOptions): Cloud {
  const { route, sessions, parameters, codeDirectory } = options;
  const logs = createLogsPart(ground);
  const lambda = createLambdaPart(ground, {
    route,
    codeDirectory,
    isSigned: (request) => verifySignature(request, sessions),
    logs: logs.store,
    metric: () => undefined,
  });
  const events = createEventsPart(ground);
  const states = createStatesPart(ground);
  return {
    parts: [states, events, lambda, logs, createIdentityPart(ground), createStoragePart(ground, parameters)],
    emit: (event) => {
      events.emit(event);
    },
  };
}
