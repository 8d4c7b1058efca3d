import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../../rehearsal/index.ts';
import { Assemblies } from '../../stories/assemblies.ts';
import { Executions } from '../../stories/executions.ts';
import { Fleet } from '../../stories/fleet.ts';
import { InPlaceDeployments } from '../../stories/in-place-deployments.ts';

/** Where the revision installs to. */
const PLACES = ['/', '/etc', '/opt', '/var', '/var/log', '/var/www'];

/** Names in those places; a place that does not exist is seen to be made. */
const names = (): string[] =>
  PLACES.flatMap((place) => {
    try {
      return readdirSync(place).map((name) => `${place}: ${name}`);
    } catch {
      return [];
    }
  });

/** What hook scripts printed, as CloudWatch Logs was told, in streams of that ending. */
async function copiedLines(rehearsal: Rehearsal, streamEnding: string): Promise<string[]> {
  const { endpoint, region } = rehearsal;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const logs = new CloudWatchLogsClient({ endpoint, region, credentials });
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/slipway/hook-scripts/web/web-fleet' }),
  );
  return events
    .filter(({ logStreamName }) => logStreamName?.endsWith(streamEnding))
    .map(({ message }) => message ?? '');
}

let assemblies: Assemblies;
let rehearsal: Rehearsal | undefined;
let id = '';

beforeAll(async () => {
  assemblies = await Assemblies.create({ rollout: 'none' }); // the test itself brings revisions to the instance
});
afterAll(async () => {
  await rehearsal?.stop();
  await assemblies.remove();
});

it('A revision that knows nothing of rehearsals installs by absolute paths, and this machine stays as it was', async () => {
  const before = names();

  rehearsal = await startRehearsal({
    assembly: await assemblies.withRevision('../test/end-to-end/unmodified-revision'),
    speed: 60,
  });
  const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
  const executions = new Executions(rehearsal);
  const [instance] = await fleet.until('an instance', async () => {
    const instances = await fleet.instances();
    return instances.length > 0 && instances;
  });
  id = instance?.InstanceId ?? '';
  const deployment = await fleet.until('its deployment', () => executions.ended(id, 'launch'));

  // Where the system allows no copy-on-write disk, it says so, and the same revision cannot run its program.
  const isView = rehearsal.disks.includes('copy-on-write view');
  expect(rehearsal.disks).toMatch(isView ? /DESTDIR is empty/ : /allows no copy-on-write disks: .+/);
  expect(deployment.status).toBe(isView ? 'Succeeded' : 'Failed');
  const log = isView ? await rehearsal.readHostFile(id, '/var/log/slipway-shop/serve.log') : undefined;
  expect(log).toBe(isView ? 'serves <h1>open</h1> on port 8080\n' : undefined);
  expect(names()).toEqual(before);
  const copies = await copiedLines(rehearsal, `/${id}/ApplicationStart`);
  expect(copies.slice(0, 2)).toEqual(['LifecycleEvent - ApplicationStart', 'Script - scripts/start.sh']);
}, 120_000);

it('The next revision comes to the instance in place, once; what fails leaves it in service', async () => {
  if (!rehearsal?.disks.includes('copy-on-write view')) return;
  const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
  const inPlace = new InPlaceDeployments(rehearsal);
  await rehearsal.deploy(await assemblies.withRevision('../test/end-to-end/unmodified-revision-two'));
  // The revision serves no HTTP, so that no load balancer would ever find it healthy.
  const trafficSettings = { deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' } as const;
  const deploy = async (deploymentId: string) => {
    const execution = await inPlace.start(id, deploymentId, { trafficSettings });
    return fleet.until('its end', () => inPlace.ended(execution));
  };

  const first = await deploy('d-INPLACE01');
  const words = await rehearsal.readHostFile(id, '/var/log/slipway-shop/serve.log');
  const second = await deploy('d-INPLACE02');

  expect(first).toMatchObject({ type: 'in-place', status: 'Succeeded', lifecycleActionResult: null });
  expect(words).toBe('serves <h1>open until ten</h1> on port 9090\n');
  expect(second).toMatchObject({ type: 'in-place', status: 'Failed', lifecycleActionResult: null });
  expect(second.lifecycleEvents.find(({ status }) => status === 'Failed')).toMatchObject({
    lifecycleEventName: 'ApplicationStart',
    diagnostics: {
      errorCode: 'ScriptFailed',
      scriptName: 'scripts/start.sh',
      message: 'Script at specified location: scripts/start.sh failed with exit code 3',
      logTail: expect.stringContaining('[stderr]the shop is open already\n') as string,
    },
  });
  expect(await fleet.inService()).toContain(id);
}, 120_000);
