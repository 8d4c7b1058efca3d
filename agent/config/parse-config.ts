import { parse } from 'yaml';
import type { AgentConfig, HostConfig } from './agent-config.ts';
import { CONFIG_DEFAULTS } from './agent-config.ts';
import type { Place } from './staging.ts';

/** A configuration that the agent cannot work with. The message names the key and the remedy. */
export class AgentConfigError extends Error {
  override readonly name = 'AgentConfigError';
}

/**
 * Reads a configuration file:
 *
 *     deploy_control_endpoint: https://abc.lambda-url.eu-west-1.on.aws/
 *     region: eu-west-1
 *     max_revisions: 3
 *
 * Keys may carry a leading colon, as in older files of AWS's agent. Keys that are not ours are ignored.
 * @throws AgentConfigError
 */
export function parseConfig(text: string, place: Place): AgentConfig {
  const values = readKeys(text);
  const endpoint = urlOf(values, 'deploy_control_endpoint');
  if (!endpoint) {
    throw new AgentConfigError('deploy_control_endpoint is missing: set it to the URL of the command service');
  }
  return { deployControlEndpoint: endpoint, ...hostConfigOf(values, place) };
}

/** Reads what a configuration file says of this host, for work without a command service. @throws AgentConfigError */
export function parseHostConfig(text: string, place: Place): HostConfig {
  return hostConfigOf(readKeys(text), place);
}

function hostConfigOf(values: Values, place: Place): HostConfig {
  const region = textOf(values, 'region');
  const archiveMaxExtractionSize = numberOf(values, 'archive_max_extraction_size', 1);
  const proxyUri = urlOf(values, 'proxy_uri');
  const s3EndpointOverride = urlOf(values, 's3_endpoint_override');
  const signerCertificate = textOf(values, 'specification_signer_certificate');
  const hookLogGroup = textOf(values, 'hook_log_group');
  return {
    ...(region ? { region } : {}),
    rootDir: place(textOf(values, 'root_dir') ?? CONFIG_DEFAULTS.rootDir),
    logDir: place(textOf(values, 'log_dir') ?? CONFIG_DEFAULTS.logDir),
    waitBetweenRunsSeconds: numberOf(values, 'wait_between_runs', 0) ?? CONFIG_DEFAULTS.waitBetweenRunsSeconds,
    httpReadTimeoutSeconds: numberOf(values, 'http_read_timeout', 1) ?? CONFIG_DEFAULTS.httpReadTimeoutSeconds,
    maxRevisions: Math.trunc(numberOf(values, 'max_revisions', 1) ?? CONFIG_DEFAULTS.maxRevisions),
    ...(archiveMaxExtractionSize === undefined ? {} : { archiveMaxExtractionSize }),
    ...(proxyUri ? { proxyUri } : {}),
    ...(s3EndpointOverride ? { s3EndpointOverride } : {}),
    gitHubApiEndpoint: urlOf(values, 'github_api_endpoint') ?? new URL(CONFIG_DEFAULTS.gitHubApiEndpoint),
    ...(signerCertificate === undefined ? {} : { specificationSignerCertificate: place(signerCertificate) }),
    killAgentMaxWaitTimeSeconds:
      numberOf(values, 'kill_agent_max_wait_time_seconds', 0) ?? CONFIG_DEFAULTS.killAgentMaxWaitTimeSeconds,
    enableDeploymentsLog: booleanOf(values, 'enable_deployments_log') ?? CONFIG_DEFAULTS.enableDeploymentsLog,
    ...(hookLogGroup ? { hookLogGroup } : {}),
    ongoingDeploymentTracking:
      nameOf(values, 'ongoing_deployment_tracking') ?? CONFIG_DEFAULTS.ongoingDeploymentTracking,
    verbose: booleanOf(values, 'verbose') ?? CONFIG_DEFAULTS.verbose,
  };
}

type Values = ReadonlyMap<string, unknown>;

function readKeys(text: string): Values {
  let content: unknown;
  try {
    content = parse(text, { version: '1.1', logLevel: 'error' });
  } catch (error) {
    throw new AgentConfigError(`not valid YAML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content)) throw new AgentConfigError('must be "key: value" lines');
  return new Map(Object.entries(content).map(([key, value]) => [key.replace(/^:/, ''), value as unknown]));
}

function textOf(values: Values, key: string): string | undefined {
  const value = values.get(key);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new AgentConfigError(`${key} must be text`);
}

/** A plain file name: it is joined to a directory of the agent's. */
function nameOf(values: Values, key: string): string | undefined {
  const name = textOf(values, key);
  if (name === undefined || /^[\w.-]*\w[\w.-]*$/.test(name)) return name;
  throw new AgentConfigError(`${key} must be a plain directory name, but is "${name}"`);
}

function urlOf(values: Values, key: string): URL | undefined {
  const text = textOf(values, key);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new AgentConfigError(`${key} must be an http or https URL, but is "${text}"`);
}

function numberOf(values: Values, key: string, smallest: number): number | undefined {
  const text = textOf(values, key);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number >= smallest) return number;
  throw new AgentConfigError(`${key} must be a number of at least ${smallest}, but is "${text}"`);
}

function booleanOf(values: Values, key: string): boolean | undefined {
  const value = values.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw new AgentConfigError(`${key} must be true or false`);
}
