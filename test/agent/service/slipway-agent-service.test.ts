import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CONFIG_DEFAULTS, DEFAULT_CONFIG_FILE } from '../../../agent/config/agent-config.ts';
import { parseServiceUnit } from '../../../rehearsal/hosts/systemd/service-unit.ts';

const FILE = fileURLToPath(new URL('../../../agent/service/slipway-agent.service', import.meta.url));
const unit = parseServiceUnit(readFileSync(FILE, 'utf8'));

it('keeps the agent running, whatever it ended with', () => {
  expect(unit).toMatchObject({ type: 'simple', restart: 'always', restartMs: 5000 });
});

it('leaves applications alone when the agent stops', () => {
  expect(unit.killMode).toBe('process');
});

it('waits longer than the agent waits for a running script', () => {
  expect(unit.stopTimeoutMs).toBeGreaterThan(CONFIG_DEFAULTS.killAgentMaxWaitTimeSeconds * 1000);
});

it('starts the agent with the configuration file it looks for by default', () => {
  expect(unit.commands).toEqual([
    { words: ['/opt/slipway/bin/slipway-agent', '--config', DEFAULT_CONFIG_FILE], mayFail: false },
  ]);
});
