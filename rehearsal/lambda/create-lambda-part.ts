import type { Ground, Part } from '../part.ts';
import { AsynchronousInvocations } from './asynchronous-invocation.ts';
import { EventSourceMappings } from './event-source-mappings.ts';
import { FunctionRegistry } from './function-registry.ts';
import { FunctionUrls } from './function-url.ts';
import { lambdaService } from './lambda-api.ts';
import { lambdaResourceTypes } from './resource-types.ts';
import type { Surroundings } from './surroundings.ts';

/** Lambda: functions that run from the assembly's own bundles, and what leads to them. */
export function createLambdaPart(ground: Ground, surroundings: Surroundings): Part {
  const functions = new FunctionRegistry(ground);
  const asynchronous = new AsynchronousInvocations(ground);
  const urls = new FunctionUrls(ground, functions, surroundings);
  const mappings = new EventSourceMappings(ground, functions);
  const state = { functions, asynchronous, urls, mappings };

  return {
    services: [lambdaService(state)],
    resourceTypes: lambdaResourceTypes(ground, surroundings, state),
    async close() {
      mappings.close();
      asynchronous.close();
      await functions.close();
    },
  };
}
