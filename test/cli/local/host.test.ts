import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { localHost } from '../../../cli/local/host.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const asked = { configFile: undefined, root: undefined, destdir: undefined };

it('keeps everything below --destdir, and tells scripts of it', () => {
  const destdir = join(temporaryDirectory(), 'host');

  const host = localHost({ ...asked, destdir }, {});

  expect(host).toMatchObject({ workingDirectory: destdir, env: { DESTDIR: destdir } });
  expect(host.root).toBe(join(destdir, 'opt/slipway/deployment-root'));
  expect(host.place('/opt/web')).toBe(join(destdir, 'opt/web'));
});

it("takes the root of AWS's agent from its configuration", () => {
  const configFile = join(temporaryDirectory(), 'codedeployagent.yml');
  writeFileSync(configFile, ':root_dir: /var/codedeploy\n:max_revisions: 3\n');

  expect(localHost({ ...asked, configFile }, {})).toMatchObject({
    root: '/var/codedeploy',
    config: { maxRevisions: 3 },
  });
  expect(localHost({ ...asked, configFile, root: '/srv/root' }, {}).root).toBe('/srv/root');
});

it.each([
  ['/no/such.yml', /^configuration file \/no\/such\.yml does not exist or is not readable$/],
  ['package.json', undefined],
])('reads the configuration %s or says why not', (configFile, message) => {
  const read = (): unknown => localHost({ ...asked, configFile }, {});

  if (message) expect(read).toThrow(message);
  else expect(read).not.toThrow();
});
