import { chmodSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { carryOutEvent } from '../../../agent/loop/carry-out-event.ts';
import type { EventOutcome } from '../../../agent/loop/carry-out-event.ts';
import type { DeploymentSpecification } from '../../../agent/protocol/deployment-specification.ts';
import { aSpecification, anEquipment } from '../support/equipment.ts';
import { writeTree } from '../support/files.ts';

let equipment: ReturnType<typeof anEquipment>;

beforeEach(() => {
  equipment = anEquipment();
});

/** Where the host seeks programs. */
function searching(PATH: string): void {
  equipment = { ...equipment, scripts: { ...equipment.scripts, env: { PATH } } };
}

/** Lays an unpacked revision down whose scripts run at ApplicationStart, in order. */
function unpacked(scripts: Readonly<Record<string, string>>, options = '', specification = aSpecification()): void {
  const entries = Object.keys(scripts).map((location) => `    - {location: ${location}${options}}\n`);
  writeTree(equipment.layout.archive(specification), {
    'appspec.yml': `version: 0.0\nos: linux\nhooks:\n  ApplicationStart:\n${entries.join('')}`,
    ...Object.fromEntries(Object.entries(scripts).map(([location, script]) => [location, { script }])),
  });
}

const start = (specification: DeploymentSpecification = aSpecification()): Promise<EventOutcome> =>
  carryOutEvent('ApplicationStart', specification, equipment);

const inArchive = (path: string): string => join(equipment.layout.archive(aSpecification()), path);

/** Whether the process whose number a script wrote is still there. */
function isRunning(pidFile: string): boolean {
  try {
    const stat = readFileSync(`/proc/${readFileSync(pidFile, 'utf8').trim()}/stat`, 'utf8');
    return !stat.includes(') Z ');
  } catch {
    return false;
  }
}

describe('a hook script', () => {
  it('that succeeds is reported without its output', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\necho hello' });

    expect(await start()).toEqual({
      status: 'Succeeded',
      diagnostics: { error_code: 0, script_name: '', message: 'Succeeded: ', log: '' },
    });
  });

  it('that fails is reported with name, exit code and log', async () => {
    unpacked({ 'scripts/start.sh': '#!/bin/bash\necho one\necho two >&2\nexit 7' });

    const { status, diagnostics } = await start();

    expect(status).toBe('Failed');
    expect(diagnostics).toMatchObject({
      error_code: 4,
      script_name: 'scripts/start.sh',
      message: 'Script at specified location: scripts/start.sh failed with exit code 7',
    });
    expect(diagnostics.log.trimEnd().split('\n').sort()).toEqual([
      'LifecycleEvent - ApplicationStart',
      'Script - scripts/start.sh',
      '[stderr]two',
      '[stdout]one',
    ]);
  });

  it('runs in order, until the first failure', async () => {
    unpacked({ 'a.sh': '#!/bin/bash\necho a', 'b.sh': '#!/bin/bash\nexit 1', 'c.sh': '#!/bin/bash\necho c' });

    const { diagnostics } = await start();

    expect(diagnostics.script_name).toBe('b.sh');
    expect(readFileSync(equipment.layout.scriptsLog(aSpecification()), 'utf8')).not.toContain('[stdout]c');
  });

  it('finds its deployment in the environment, no input, and the agent’s working directory', async () => {
    const print =
      'echo "$LIFECYCLE_EVENT $DEPLOYMENT_ID $APPLICATION_NAME $DEPLOYMENT_GROUP_NAME $DEPLOYMENT_GROUP_ID"';
    unpacked({
      'start.sh': `#!/bin/bash\n${print}\necho "$BUNDLE_BUCKET/$BUNDLE_KEY \${BUNDLE_VERSION-none} $BUNDLE_ETAG"\ncat\npwd\nexit 1`,
    });

    const { diagnostics } = await start();

    expect(diagnostics.log).toContain('[stdout]ApplicationStart d-TEST00001 web web-fleet group\n');
    expect(diagnostics.log).toContain('[stdout]bucket/web.zip none e1\n');
    expect(diagnostics.log).toContain(`[stdout]${equipment.host}\n`);
  });

  it('is made executable when it is not', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nexit 0' });
    chmodSync(inArchive('start.sh'), 0o644);

    expect(await start()).toMatchObject({ status: 'Succeeded' });
    expect(statSync(inArchive('start.sh')).mode & 0o777).toBe(0o755);
  });

  it('that cannot be made executable has a code of its own', async () => {
    writeTree(equipment.layout.archive(aSpecification()), {
      'appspec.yml': 'version: 0.0\nos: linux\nhooks: {ApplicationStart: [{location: start.sh}]}',
      'start.sh': { link: '/proc/sys/kernel/ostype' }, // a file whose mode not even root may change
    });

    expect((await start()).diagnostics).toMatchObject({
      error_code: 2,
      script_name: 'start.sh',
      message: 'Unable to set script at specified location: start.sh as executable',
    });
  });

  it('with sudo is run by it, before the other user’s su', async () => {
    writeTree(equipment.host, { 'bin/sudo': { script: '#!/bin/bash\necho "sudo $*" >&2; exit 7\n' } });
    searching(`${join(equipment.host, 'bin')}:${process.env['PATH']}`);
    unpacked({ 'start.sh': '' }, ', sudo: true, runas: nobody');

    const { diagnostics } = await start();

    expect(diagnostics.message).toBe(
      'Script at specified location: start.sh run as user nobody failed with exit code 7',
    );
    expect(diagnostics.log).toContain(`[stderr]sudo su nobody -c ${inArchive('start.sh')}\n`);
  });

  it('with sudo on a host that has none says so', async () => {
    searching(equipment.host);
    unpacked({ 'start.sh': '' }, ', sudo: true');

    expect((await start()).diagnostics.message).toBe(
      'Script at specified location: start.sh failed with error Errno::ENOENT with message No such file or directory - sudo. Is sudo installed?',
    );
  });

  it('without a first line for its interpreter is run by the shell', async () => {
    unpacked({ 'start.sh': 'exit 5\n' });

    expect(await start()).toMatchObject({
      diagnostics: { message: expect.stringMatching(/failed with exit code 5$/) as string },
    });
  });

  it('may lie at a path with blanks and quotes', async () => {
    unpacked({ "it's a script (1).sh": '#!/bin/bash\nexit 0' });

    expect(await start()).toMatchObject({ status: 'Succeeded' });
  });

  it('that is missing has a code of its own', async () => {
    unpacked({ 'start.sh': '' });
    rmSync(inArchive('start.sh'));

    expect((await start()).diagnostics).toEqual({
      error_code: 1,
      script_name: 'start.sh',
      message: `Script does not exist at specified location: ${inArchive('start.sh')}`,
      log: 'LifecycleEvent - ApplicationStart\nScript - start.sh\n',
    });
  });

  it.each([
    [
      '#!/no/such/interpreter\n',
      /Errno::ENOENT with message No such file or directory - .*interpreter of its first line, \/no\/such\/interpreter, is not/,
    ],
    ['#!/bin/bash\r\nexit 0\r\n', /Errno::ENOENT .* Windows line ends/],
  ])('that cannot be started says why: %j', async (script, message) => {
    unpacked({ 'start.sh': script });

    expect((await start()).diagnostics).toMatchObject({
      error_code: 4,
      message: expect.stringMatching(message) as string,
    });
  });

  it('that is killed from outside fails', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nkill -KILL $$' });

    expect((await start()).diagnostics.message).toBe(
      'Script at specified location: start.sh failed with exit code (killed by SIGKILL)',
    );
  });

  it('run as another user says so', async () => {
    if (process.getuid?.() !== 0) return;
    unpacked({ 'start.sh': '#!/bin/bash\nid -un\nexit 3' }, ', runas: root');

    const { diagnostics } = await start();

    expect(diagnostics.message).toBe('Script at specified location: start.sh run as user root failed with exit code 3');
    expect(diagnostics.log).toContain('[stdout]root\n');
  });

  it('may open its outputs by name', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\necho one > /dev/stderr\necho two > /dev/stdout\nexit 1' });

    const { log } = (await start()).diagnostics;

    expect(log).toContain('[stderr]one\n');
    expect(log).toContain('[stdout]two\n');
  });

  it('may print more than a pipe holds', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nhead -c 5000000 /dev/zero | tr "\\0" "x" | fold -w 100' });

    expect(await start()).toMatchObject({ status: 'Succeeded' });
    expect(statSync(equipment.layout.scriptsLog(aSpecification())).size).toBeGreaterThan(5_000_000);
  });

  it('may print bytes that are no text', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nprintf "\\xff\\xfe caf\\xc3\\xa9\\n"\nexit 1' });

    expect((await start()).diagnostics.log).toContain('[stdout]\uFFFD\uFFFD café\n');
  });
});

describe('a hook script beyond its time', () => {
  it('ends with all that it started, even what ignores SIGTERM', async () => {
    unpacked(
      {
        'start.sh': `#!/bin/bash\necho begun\n(trap '' TERM; echo $BASHPID > child.pid; sleep 30 & wait; sleep 30) &\necho $! \nsleep 30`,
      },
      ', timeout: 1',
    );

    const { diagnostics } = await start();

    expect(diagnostics).toMatchObject({
      error_code: 3,
      script_name: 'start.sh',
      message: 'Script at specified location: start.sh failed to complete in 1 seconds',
      log: expect.stringContaining('[stdout]begun') as string,
    });
    expect(isRunning(join(equipment.host, 'child.pid'))).toBe(false);
  });

  it('is told apart from one whose background process holds its output', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nsleep 30 2>/dev/null & echo $! > child.pid' }, ', timeout: 1');

    const { diagnostics } = await start();

    expect(diagnostics).toMatchObject({
      error_code: 6,
      message: expect.stringMatching(
        /^Script at specified location: start\.sh failed to close STDOUT: process \d+ \(sleep 30\) still holds it\. Redirect all three/,
      ) as string,
    });
    expect(isRunning(join(equipment.host, 'child.pid'))).toBe(true);
    process.kill(Number(readFileSync(join(equipment.host, 'child.pid'), 'utf8')));
  });

  it('names the stream that is held', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nsleep 30 >/dev/null & echo $! > child.pid' }, ', timeout: 1');

    const { diagnostics } = await start();

    expect(diagnostics.message).toContain('start.sh failed to close STDERR: process ');
    process.kill(Number(readFileSync(join(equipment.host, 'child.pid'), 'utf8')));
  });

  it('is none when the background process has redirected its streams', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nsleep 30 </dev/null >/dev/null 2>&1 & echo $! > child.pid' }, ', timeout: 5');

    expect(await start()).toMatchObject({ status: 'Succeeded' });
    process.kill(Number(readFileSync(join(equipment.host, 'child.pid'), 'utf8')));
  });

  it('ends early when the agent has to stop', async () => {
    const interrupt = new AbortController();
    equipment = anEquipment(interrupt.signal);
    unpacked({ 'start.sh': '#!/bin/bash\nsleep 30' });

    const outcome = start();
    await sleep(100);
    interrupt.abort();

    expect(await outcome).toMatchObject({ diagnostics: { error_code: 7, script_name: 'start.sh' } });
  });
});

describe('the log', () => {
  it('is kept in full on the host, with times, and in the log of all deployments', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\necho "  hello  "' });

    await start();

    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
    expect(readFileSync(equipment.layout.scriptsLog(aSpecification()), 'utf8')).toMatch(
      new RegExp(
        `^${time} LifecycleEvent - ApplicationStart\n${time} Script - start.sh\n${time} \\[stdout\\]  hello  \n$`,
      ),
    );
    expect(readFileSync(equipment.layout.deploymentsLog(), 'utf8')).toMatch(
      new RegExp(`\\[${time}\\.\\d{3}\\] \\[d-TEST00001\\]\\[stdout\\]  hello\n$`),
    );
  });

  it('reaches the record as the newest whole lines, at most 2,048 characters', async () => {
    unpacked({ 'start.sh': '#!/bin/bash\nfor i in {1..500}; do echo "line $i"; done\nexit 1' });

    const { log } = (await start()).diagnostics;

    expect(log.length).toBeLessThanOrEqual(2048);
    expect(log.length).toBeGreaterThan(2000);
    expect(log).toMatch(/^\[stdout\]line \d+\n/);
    expect(log).toMatch(/\[stdout\]line 500\n$/);
  });
});

describe('whose scripts run', () => {
  const previous = aSpecification({ deploymentId: 'd-PREVIOUS' });
  const stop = (): Promise<EventOutcome> => carryOutEvent('ApplicationStop', aSpecification(), equipment);

  function previousRevision(script: string): void {
    writeTree(equipment.layout.archive(previous), {
      'appspec.yaml': 'version: 0.0\nos: linux\nhooks: {ApplicationStop: [{location: stop.sh}]}',
      'stop.sh': { script },
    });
  }

  it('none on a host that has no revision yet', async () => {
    expect(await stop()).toMatchObject({ status: 'Succeeded', diagnostics: { message: 'Succeeded: no script' } });
  });

  it('the installed revision’s for ApplicationStop, logged with the current deployment', async () => {
    previousRevision('#!/bin/bash\necho "stopping for $DEPLOYMENT_ID"');
    await equipment.pointers.pointToInstallation(previous);

    expect(await stop()).toMatchObject({ status: 'Succeeded', diagnostics: { message: 'Succeeded: ' } });
    expect(readFileSync(equipment.layout.scriptsLog(aSpecification()), 'utf8')).toContain(
      '[stdout]stopping for d-TEST00001',
    );
  });

  it('the most recent one’s for BeforeBlockTraffic when a blue/green deployment is rolled back', async () => {
    previousRevision('#!/bin/bash\nexit 9');
    writeTree(equipment.layout.archive(previous), {
      'appspec.yaml': 'version: 0.0\nos: linux\nhooks: {BeforeBlockTraffic: [{location: stop.sh}]}',
    });
    await equipment.pointers.pointToDownload(previous);
    const rollback = aSpecification({ deploymentCreator: 'codeDeployRollback', deploymentType: 'BLUE_GREEN' });

    const outcome = await carryOutEvent('BeforeBlockTraffic', rollback, equipment);

    expect(outcome.diagnostics.message).toContain('exit code 9');
  });

  it('the installed revision’s for every event, where the deployment brings no other', async () => {
    unpacked({ ApplicationStart: 'echo "$DEPLOYMENT_ID starts again"; exit 3' }, '', previous);
    await equipment.pointers.pointToInstallation(previous);

    const { status, diagnostics } = await start(aSpecification({ revisionIsInstalled: true }));

    expect(status).toBe('Failed');
    expect(diagnostics.log).toContain('d-TEST00001 starts again');
    // It is no fault of an earlier revision, with which the next would have nothing to do.
    expect(diagnostics.message).not.toContain('d-PREVIOUS');
  });

  it('the current revision’s once it is unpacked', async () => {
    previousRevision('#!/bin/bash\nexit 1');
    await equipment.pointers.pointToInstallation(previous);
    unpacked({ 'start.sh': '#!/bin/bash\nexit 0' });

    expect(await stop()).toMatchObject({ diagnostics: { message: 'Succeeded: no script' } });
  });

  it.each(['ApplicationStop', 'BeforeBlockTraffic', 'AfterBlockTraffic'])(
    'none at %s, and a note that says so, when the installed revision is gone',
    async (event) => {
      await equipment.pointers.pointToInstallation(previous);

      expect(await carryOutEvent(event, aSpecification(), equipment)).toMatchObject({
        status: 'Succeeded',
        diagnostics: {
          message: `Succeeded: no script: the revision of d-PREVIOUS is no longer at ${equipment.layout.archive(previous)}`,
        },
      });
    },
  );

  it('none, and a failure that says so, when the revision that shall take traffic again is gone', async () => {
    await equipment.pointers.pointToInstallation(previous);
    const rollback = aSpecification({ deploymentCreator: 'codeDeployRollback', deploymentType: 'BLUE_GREEN' });

    const { diagnostics } = await carryOutEvent('BeforeAllowTraffic', rollback, equipment);

    expect(diagnostics).toMatchObject({ error_code: 5, script_name: '' });
    expect(diagnostics.message).toMatch(/did not find an AppSpec file within the unpacked revision directory/);
  });

  it('an earlier revision’s, and a failure that says whose it is, how long it will fail and what to do', async () => {
    previousRevision('#!/bin/bash\nexit 3');
    await equipment.pointers.pointToInstallation(previous);

    const { diagnostics } = await stop();

    const script = join(equipment.layout.archive(previous), 'stop.sh');
    expect(diagnostics).toMatchObject({ error_code: 4, script_name: 'stop.sh' });
    expect(diagnostics.message).toMatch(
      /^Script at specified location: stop\.sh failed with exit code 3\. This script is not of the revision being deployed but of the one that d-PREVIOUS installed/,
    );
    expect(diagnostics.message).toContain('deploy with ignoreApplicationStopFailures');
    expect(diagnostics.message).toContain(`mend ${script} on the host`);
    expect(diagnostics.log).toContain('[slipway]This script is not of the revision being deployed');
  });

  it('an earlier revision’s on a host that leaves, of which no further deployment is spoken', async () => {
    previousRevision('#!/bin/bash\nexit 3');
    await equipment.pointers.pointToInstallation(previous);
    const termination = aSpecification({ deploymentCreator: 'autoscalingTermination' });

    const { diagnostics } = await carryOutEvent('ApplicationStop', termination, equipment);

    expect(diagnostics.message).toMatch(/This script came with d-PREVIOUS\. The host leaves all the same/);
    expect(diagnostics.message).not.toContain('ignoreApplicationStopFailures');
  });

  it('none when the AppSpec is faulty, and the line is named', async () => {
    writeTree(equipment.layout.archive(aSpecification()), { 'appspec.yml': 'version: 0.0\nos: Linux' });

    expect((await start()).diagnostics.message).toMatch(
      /unsupported operating system \(Linux\).*\(appspec\.yml, line 2: write "os: linux"/,
    );
  });
});
