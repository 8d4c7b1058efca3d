import { UnitNotFound } from './service-manager.ts';
import type { ServiceManager } from './service-manager.ts';

/** What `systemctl` prints, and its exit code. */
export interface SystemctlResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Exit codes of systemctl, after LSB. */
const FAILED = 1;
const NOT_RUNNING = 3;
const NO_SUCH_UNIT = 4;
const NOT_INSTALLED = 5;

type Verb = (services: ServiceManager, unit: string, options: ReadonlySet<string>) => Promise<SystemctlResult>;

/**
 * `systemctl` of a rehearsed machine, for services.
 * @param words the command line after `systemctl`
 * @param reboot begins to restart the machine: whoever asks for it is answered first
 */
export async function systemctl(
  services: ServiceManager,
  words: readonly string[],
  reboot: () => void,
): Promise<SystemctlResult> {
  const options = new Set(words.filter((word) => word.startsWith('-')));
  const [name = '', ...units] = words.filter((word) => !word.startsWith('-'));
  if (name === 'daemon-reload' || name === 'reset-failed') return done();
  if (name === 'reboot') {
    reboot();
    return done();
  }
  const verb = VERBS[name];
  if (!verb)
    return failed(
      `systemctl: this image's systemctl only knows daemon-reload, reboot, ${Object.keys(VERBS).join(', ')}.`,
    );
  if (units.length === 0) return failed(`systemctl: ${name} needs the name of a service.`);

  const results: SystemctlResult[] = [];
  for (const unit of units) results.push(await onService(verb, services, unit, options));
  return {
    exitCode: results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0,
    output: results.map(({ output }) => output).join(''),
    errors: results.map(({ errors }) => errors).join(''),
  };
}

async function onService(
  verb: Verb,
  services: ServiceManager,
  unit: string,
  options: ReadonlySet<string>,
): Promise<SystemctlResult> {
  if (/\.(?!service$)(timer|socket|target|path|mount|slice)$/.test(unit)) {
    return failed(`systemctl: ${unit} is no service; a rehearsed machine runs services only.`);
  }
  try {
    return await verb(services, unit.endsWith('.service') ? unit : `${unit}.service`, options);
  } catch (error) {
    return failed((error as Error).message, error instanceof UnitNotFound ? NOT_INSTALLED : FAILED);
  }
}

const start: Verb = async (services, unit) => {
  const state = await services.start(unit);
  const hint = 'See its log in ${DESTDIR:-}/var/log/journal.';
  return state === 'failed' || state === 'activating' ? failed(`Job for ${unit} failed. ${hint}`) : done();
};

const stop: Verb = async (services, unit) => {
  if (!services.exists(unit)) throw new UnitNotFound(unit);
  await services.stop(unit);
  return done();
};

const restart: Verb = async (services, unit, options) => {
  await stop(services, unit, options);
  return start(services, unit, options);
};

const VERBS: Readonly<Record<string, Verb>> = {
  start,
  stop,
  restart,
  enable: async (services, unit, options) => {
    const link = services.enable(unit);
    const started = options.has('--now') ? await start(services, unit, options) : done();
    return link === undefined ? started : { ...started, errors: `Created symlink ${link}.\n${started.errors}` };
  },
  disable: async (services, unit, options) => {
    services.disable(unit);
    return options.has('--now') ? stop(services, unit, options) : done();
  },
  status: async (services, unit) => {
    const state = services.state(unit);
    if (!services.exists(unit)) return failed(`Unit ${unit} could not be found.`, NO_SUCH_UNIT);
    const enabled = services.isEnabled(unit) ? 'enabled' : 'disabled';
    return done(
      `${unit}\n     Loaded: loaded (${enabled})\n     Active: ${state}\n`,
      state === 'active' ? 0 : NOT_RUNNING,
    );
  },
  'is-active': async (services, unit, options) => {
    const state = services.state(unit);
    return done(isQuiet(options) ? '' : `${state}\n`, state === 'active' ? 0 : NOT_RUNNING);
  },
  'is-enabled': async (services, unit, options) => {
    const enabled = services.isEnabled(unit);
    return done(isQuiet(options) ? '' : `${enabled ? 'enabled' : 'disabled'}\n`, enabled ? 0 : FAILED);
  },
};

const isQuiet = (options: ReadonlySet<string>): boolean => options.has('--quiet') || options.has('-q');
const done = (output = '', exitCode = 0): SystemctlResult => ({ exitCode, output, errors: '' });
const failed = (message: string, exitCode = FAILED): SystemctlResult => ({
  exitCode,
  output: '',
  errors: `${message}\n`,
});
