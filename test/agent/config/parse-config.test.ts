import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../agent/config/parse-config.ts';
import { stagingBelow } from '../../../agent/config/staging.ts';

const ENDPOINT = 'deploy_control_endpoint: https://abc.lambda-url.eu-west-1.on.aws/p?t=1';

describe('a configuration', () => {
  it('needs the command service’s URL and nothing else', () => {
    const config = parseConfig(ENDPOINT, stagingBelow());

    expect(config.deployControlEndpoint.href).toBe('https://abc.lambda-url.eu-west-1.on.aws/p?t=1');
    expect(config).toMatchObject({
      rootDir: '/opt/slipway/deployment-root',
      logDir: '/var/log/slipway',
      waitBetweenRunsSeconds: 30,
      httpReadTimeoutSeconds: 80,
      maxRevisions: 5,
      killAgentMaxWaitTimeSeconds: 7200,
      enableDeploymentsLog: true,
      ongoingDeploymentTracking: 'ongoing-deployment',
      verbose: false,
    });
  });

  it('may name a log group for what scripts print', () => {
    expect(parseConfig(`${ENDPOINT}\nhook_log_group: /slipway/web`, stagingBelow()).hookLogGroup).toBe('/slipway/web');
  });

  it('may be written for AWS’s agent: leading colons, empty values, keys that are not ours', () => {
    const config = parseConfig(
      `:${ENDPOINT}\n:max_revisions: 2\n:proxy_uri:\n:pid_dir: /tmp\n:wait_between_runs: 1`,
      stagingBelow(),
    );

    expect(config).toMatchObject({ maxRevisions: 2, waitBetweenRunsSeconds: 1 });
    expect(config.proxyUri).toBeUndefined();
  });

  it.each([
    ['', /deploy_control_endpoint is missing: set it to the URL/],
    ['deploy_control_endpoint: ftp://x', /deploy_control_endpoint must be an http or https URL, but is "ftp:\/\/x"/],
    [`${ENDPOINT}\nmax_revisions: 0`, /max_revisions must be a number of at least 1, but is "0"/],
    [`${ENDPOINT}\nmax_revisions: many`, /max_revisions must be a number/],
    [`${ENDPOINT}\nverbose: 3`, /verbose must be true or false/],
    [`${ENDPOINT}\nroot_dir: [a]`, /root_dir must be text/],
    [`${ENDPOINT}\nongoing_deployment_tracking: ../x`, /must be a plain directory name/],
    ['- a list', /must be "key: value" lines/],
    ['a: {', /not valid YAML/],
  ])('is refused with the key and the remedy: %j', (text, message) => {
    expect(() => parseConfig(text, stagingBelow())).toThrow(message);
  });
});

it.each([
  [undefined, '/etc/x', '/etc/x'],
  ['', '/etc/x', '/etc/x'],
  ['/', '/etc/x', '/etc/x'],
  ['/hosts/a', '/etc/x', '/hosts/a/etc/x'],
  ['/hosts/a/', '/etc/x', '/hosts/a/etc/x'],
  ['/hosts/a', '/hosts/a/etc/x', '/hosts/a/etc/x'],
  ['/hosts/a', '/hosts/abc', '/hosts/a/hosts/abc'],
  ['/hosts/a', '/', '/hosts/a'],
  ['/hosts/a', 'etc/../../x', '/hosts/a/x'],
])('with DESTDIR %j, %s lies at %s', (destdir, path, placed) => {
  const place = stagingBelow(destdir);

  expect(place(path)).toBe(placed);
  expect(place(place(path))).toBe(placed);
});
