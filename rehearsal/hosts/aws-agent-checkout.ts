import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { overlayRefusal } from './disks/choose-disks.ts';
import type { DisksOption } from './disks/choose-disks.ts';
import { SYSTEM_PATH } from './machine/environment.ts';

/** The directory cannot be installed as AWS's agent. */
class AwsAgentUnusable extends Error {
  readonly directory: string;

  constructor(directory: string, reason: string, options?: ErrorOptions) {
    super(`${directory} cannot be run as AWS's agent: ${reason}`, options);
    this.directory = directory;
  }
}

/** What the program and its plugin load before the first poll; gems may stand in its own `vendor`. */
const LOAD_ITS_GEMS = `
Gem.use_paths(nil, Gem.path << File.join(ARGV[0], 'vendor'))
%w[gli logging concurrent zip aws-sdk-core aws-sdk-s3].each { |gem| require gem }`;

/**
 * Looks whether a directory is a checkout of AWS's agent of the Ruby line, and instances of a rehearsal can run it.
 * @param rehearsal its directory, and what its instances are asked to be
 * @returns its absolute path
 * @throws AwsAgentUnusable with the remedy
 */
export async function awsAgentCheckout(
  directory: string,
  rehearsal: {
    readonly directory: string;
    readonly hosts: 'processes' | 'simulated' | undefined;
    readonly disks: DisksOption | undefined;
  },
): Promise<string> {
  const checkout = resolve(directory);
  if (rehearsal.hosts === 'simulated')
    throw new AwsAgentUnusable(checkout, 'simulated instances run nothing. Leave out --hosts simulated.');
  if (rehearsal.disks === 'directory')
    throw new AwsAgentUnusable(
      checkout,
      'it installs to absolute paths, which only copy-on-write disks keep from this machine. Leave out --disks directory.',
    );
  const refusal = await overlayRefusal(rehearsal.directory);
  if (refusal !== undefined)
    throw new AwsAgentUnusable(
      checkout,
      `it needs copy-on-write disks, which this system does not allow (${refusal}). Run the rehearsal as root.`,
    );
  const missing = ['bin/codedeploy-agent', 'lib', 'vendor', 'certs', 'conf', 'init.d', 'codedeploy_agent.gemspec'].find(
    (part) => !existsSync(join(checkout, part)),
  );
  if (missing !== undefined)
    throw new AwsAgentUnusable(
      checkout,
      `it has no ${missing}. Name a checkout of version 1.8 of https://github.com/aws/aws-codedeploy-agent.`,
    );
  try {
    // As on a rehearsed machine, where the gems of somebody's home directory are not there.
    const env = { PATH: SYSTEM_PATH.join(':'), HOME: '/nonexistent' };
    await promisify(execFile)('ruby', ['-e', LOAD_ITS_GEMS, checkout], { env });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const words = /(cannot load such file -- \S+)/.exec(stderr)?.[0] ?? (stderr.trim() || message);
    throw new AwsAgentUnusable(
      checkout,
      `Ruby does not load it (${words}). See “Ruby and its gems” in docs/aws-agent.md.`,
      { cause },
    );
  }
  return checkout;
}
