/** Settings of the agent, with the key names of AWS's agent where it has them. */
export interface AgentConfig {
  /** `deploy_control_endpoint`: full URL of the command service; path and query are kept. */
  readonly deployControlEndpoint: URL;
  /** `region`: signs requests. @default the instance's own, from its metadata */
  readonly region?: string;
  /** `root_dir`: revisions, pointers and records of deployments. */
  readonly rootDir: string;
  /** `log_dir` */
  readonly logDir: string;
  /** `wait_between_runs`: seconds between polls when the command service sets no pace. */
  readonly waitBetweenRunsSeconds: number;
  /** `http_read_timeout`: seconds without a byte before a request fails. */
  readonly httpReadTimeoutSeconds: number;
  /** `max_revisions`: how many revisions of a deployment group stay on disk, the current one included. */
  readonly maxRevisions: number;
  /** `archive_max_extraction_size`: bytes that a bundle may unpack to. @default all that the disk has room for */
  readonly archiveMaxExtractionSize?: number;
  /** `proxy_uri`: HTTP proxy for the command service, S3 and GitHub. */
  readonly proxyUri?: URL;
  /** `s3_endpoint_override`: where revisions are fetched from; addressed path-style. */
  readonly s3EndpointOverride?: URL;
  /** `github_api_endpoint`: where revisions on GitHub are asked for; of a GitHub Enterprise Server, `https://<host>/api/v3`. */
  readonly gitHubApiEndpoint: URL;
  /** `specification_signer_certificate`: file with the certificate (PEM) that must have signed all deployment specifications. @default any */
  readonly specificationSignerCertificate?: string;
  /** `kill_agent_max_wait_time_seconds`: how long a stop waits for the running script. */
  readonly killAgentMaxWaitTimeSeconds: number;
  /** `enable_deployments_log`: also write all script output into one log. */
  readonly enableDeploymentsLog: boolean;
  /** `hook_log_group`: log group of CloudWatch Logs that gets a copy of all script output; see `hookLogGroupFrom`. @default none */
  readonly hookLogGroup?: string;
  /** `ongoing_deployment_tracking`: name of the directory below `root_dir`. */
  readonly ongoingDeploymentTracking: string;
  /** `verbose`: log debug messages. */
  readonly verbose: boolean;
}

/** All but the command service. */
export type HostConfig = Omit<AgentConfig, 'deployControlEndpoint'>;

export const DEFAULT_CONFIG_FILE = '/etc/slipway/agent.yml';

/** Values of the keys that a configuration file may leave out. */
export const CONFIG_DEFAULTS = {
  rootDir: '/opt/slipway/deployment-root',
  logDir: '/var/log/slipway',
  waitBetweenRunsSeconds: 30,
  httpReadTimeoutSeconds: 80,
  maxRevisions: 5,
  gitHubApiEndpoint: 'https://api.github.com',
  killAgentMaxWaitTimeSeconds: 7200,
  enableDeploymentsLog: true,
  ongoingDeploymentTracking: 'ongoing-deployment',
  verbose: false,
} as const;
