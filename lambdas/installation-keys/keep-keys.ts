import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import type { Respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import type { SecretParameter } from '../../adapters/parameter-store/secret-parameter.ts';
import { keysOwner, newInstallationKeys } from '../../core/signing/installation-keys.ts';
import type { Telemetry } from '../telemetry.ts';

export interface Ports {
  readonly keys: SecretParameter;
  readonly respond: Respond;
  readonly telemetry: Telemetry;
  readonly clock: () => number;
}

/** An installation has one set of keys: an update never replaces them, so that they outlive every deployment. */
const PHYSICAL_RESOURCE_ID = 'installation-keys';

/** Makes the keys with the engine and removes them with it; answers CloudFormation whatever happens. */
export async function keepKeys(event: CloudFormationCustomResourceEvent, ports: Ports): Promise<void> {
  await ports.respond(event.ResponseURL, {
    ...(await verdict(event, ports)),
    PhysicalResourceId: PHYSICAL_RESOURCE_ID,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
}

type Verdict = { readonly Status: 'SUCCESS' } | { readonly Status: 'FAILED'; readonly Reason: string };

async function verdict(event: CloudFormationCustomResourceEvent, ports: Ports): Promise<Verdict> {
  try {
    if (event.RequestType === 'Delete') await remove(event.StackId, ports);
    else if ((await create(event.StackId, ports)) === 'foreign') return { Status: 'FAILED', Reason: KEPT_BY_ANOTHER };
    return { Status: 'SUCCESS' };
  } catch (error) {
    ports.telemetry.error('keys not kept', error, { requestType: event.RequestType });
    return { Status: 'FAILED', Reason: 'The keys could not be kept; the log of their function says why' };
  }
}

const KEPT_BY_ANOTHER =
  'Another stack has left its keys here: one engine fits into an account and Region. If that stack is gone, delete the parameter';

/** The same request may come twice, as may a second engine. */
async function create(stackId: string, { keys, telemetry, clock }: Ports): Promise<'ours' | 'foreign'> {
  const outcome = await keys.create(newInstallationKeys(stackId, clock()));
  telemetry.info('keys asked for', { outcome });
  if (outcome === 'created') return 'ours';
  return (await ownerOf(keys)) === stackId ? 'ours' : 'foreign';
}

/** A second engine that failed is rolled back: it must not take the first one's keys along. */
async function remove(stackId: string, { keys }: Ports): Promise<void> {
  if ((await ownerOf(keys)) === stackId) await keys.remove();
}

async function ownerOf(keys: SecretParameter): Promise<string | undefined> {
  const text = await keys.read();
  return text === undefined ? undefined : keysOwner(text);
}
