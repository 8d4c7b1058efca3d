import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryDisk } from '../../../rehearsal/hosts/disks/directory-disks.ts';
import { resolveOnDisk } from '../../../rehearsal/hosts/disks/disk.ts';
import { listen, listenOnOwnAddress } from '../../../rehearsal/hosts/machine/listen-on-own-address.ts';
import { loopbackAddresses } from '../../../rehearsal/hosts/machine/loopback-addresses.ts';
import { createMachineImage } from '../../../rehearsal/hosts/machine/machine-image.ts';
import { relatedProcesses } from '../../../rehearsal/hosts/machine/process-table.ts';
import type { ProcessEntry } from '../../../rehearsal/hosts/machine/process-table.ts';
import { SessionTokens } from '../../../rehearsal/hosts/metadata/session-tokens.ts';
import { findControlEndpoint } from '../../../rehearsal/hosts/simulated/control-endpoint.ts';

/** The first addresses of a sequence. */
function* only(...addresses: string[]): Generator<string, never> {
  yield* addresses;
  throw new Error('no more addresses');
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('Loopback addresses', () => {
  it('fill a network, then go on to the next', () => {
    const addresses = loopbackAddresses(256 * 7 + 255);

    const taken = Array.from({ length: 256 }, () => addresses.next().value);

    expect([taken[0], taken[253], taken[254]]).toEqual(['127.7.255.1', '127.7.255.254', '127.8.0.1']);
  });

  it('begin again after the last, and leave 127.0 to the system', () => {
    const addresses = loopbackAddresses(255 * 256 - 1);

    const taken = Array.from({ length: 255 }, () => addresses.next().value);

    expect([taken[253], taken[254]]).toEqual(['127.254.255.254', '127.1.0.1']);
  });

  it('are passed over when somebody uses them', async () => {
    const [neighbour, server] = [createServer(), createServer()];
    await listen(neighbour, 0, '127.99.99.1');

    const address = await listenOnOwnAddress(server, portOf(neighbour), only('127.99.99.1', '127.99.99.2'));

    expect(address).toBe('127.99.99.2');
    for (const each of [neighbour, server]) each.close();
  });

  it('that the system does not offer are an error with the remedy', async () => {
    // An address of the documentation network: nobody's.
    const attempt = listenOnOwnAddress(createServer(), 1338, only('192.0.2.1'));

    await expect(attempt).rejects.toThrow(/does not let a program listen on 192\.0\.2\.1.*Linux container/);
  });

  it('on which a port is always taken are an error that names the port', async () => {
    const everywhere = createServer();
    await listen(everywhere, 0, '0.0.0.0');
    const port = portOf(everywhere);

    const attempt = listenOnOwnAddress(createServer(), port, loopbackAddresses());

    await expect(attempt).rejects.toThrow(`0.0.0.0:${port}. End it`);
    everywhere.close();
  });
});

describe('A disk', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'disk-'));
    await mkdir(join(root, 'opt'));
    await writeFile(join(root, 'opt/app'), '');
  });
  afterAll(() => rm(root, { recursive: true }));

  it.each([
    ['/opt/app', (disk: string) => `${disk}/opt/app`],
    ['/bin/sh', () => '/bin/sh'],
    ['--option', () => '--option'],
    ['/', (disk: string) => disk],
  ])('means by %s its own file, if it has one', (path, meant) => {
    expect(resolveOnDisk(directoryDisk(root), path)).toBe(meant(root));
  });

  it('comes with an image that replaces programs of the system', () => {
    const image = createMachineImage(join(root, 'image'));

    expect(image.program('/usr/bin/node')).toBe(join(root, 'image/node'));
    expect(image.program('/usr/bin/systemctl')).toMatch(/hosts\/image\/bin\/systemctl$/);
    expect(image.program('/bin/sh')).toBe('/bin/sh');
    expect(image.program('/opt/node')).toBe('/opt/node');
  });
});

describe('Processes of a machine', () => {
  const entry = (pid: number, settings: Partial<ProcessEntry>): ProcessEntry => ({
    pid,
    parentPid: 1,
    session: pid,
    startTicks: 0,
    marked: false,
    ...settings,
  });

  it('are those with its mark, their sessions and their descendants', () => {
    const table = [
      entry(10, { marked: true }),
      entry(11, { session: 10 }),
      entry(13, { parentPid: 12 }),
      entry(12, { parentPid: 11 }),
      entry(20, {}),
    ];

    expect(relatedProcesses(table).map(({ pid }) => pid)).toEqual([10, 11, 12, 13]);
  });

  it('never are the rehearsal itself or its session', () => {
    const table = [
      entry(process.pid, { session: 500 }),
      entry(501, { session: 500 }),
      entry(502, { session: 500, marked: true }),
    ];

    expect(relatedProcesses(table).map(({ pid }) => pid)).toEqual([502]);
  });
});

describe('A session token', () => {
  it('is valid for its lifetime', () => {
    let nowMs = 0;
    const tokens = new SessionTokens(() => nowMs);
    const token = tokens.issue('60') ?? '';

    const ages = [59_999, 60_000].map((ageMs) => {
      nowMs = ageMs;
      return tokens.isValid(token);
    });

    expect(ages).toEqual([true, false]);
  });
});

describe('The command service of a simulated host', () => {
  it.each([
    ['echo "deploy_control_endpoint: http://127.0.0.1:4580/_/url/a/" > agent.yml', 'http://127.0.0.1:4580/_/url/a/'],
    ["printf 'deploy_control_endpoint: https://x.on.aws\\nregion: y\\n'", 'https://x.on.aws'],
    ['# deploy_control_endpoint\ndeploy_control_endpoint: http://later/', 'http://later/'],
    ['curl http://example.org/', undefined],
  ])('is found in %s', (userData, url) => {
    expect(findControlEndpoint(userData)).toBe(url);
  });
});
