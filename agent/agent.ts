import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AgentConfig } from './config/agent-config.ts';
import { AgentConfigError } from './config/parse-config.ts';
import type { Place } from './config/staging.ts';
import { RunningScript } from './hook-scripts/running-script.ts';
import { send } from './http/send.ts';
import type { Log } from './log/agent-log.ts';
import { errorText } from './log/agent-log.ts';
import { CloudWatchLogs } from './log/cloudwatch-logs.ts';
import type { CloudWatchLogsSettings } from './log/cloudwatch-logs.ts';
import { HookLogs } from './log/hook-logs.ts';
import { AgentLoop } from './loop/agent-loop.ts';
import { backoffMs } from './loop/backoff.ts';
import { Reporter } from './loop/reporter.ts';
import { systemTiming } from './loop/timing.ts';
import type { HostIdentity } from './metadata/host-identity.ts';
import { readHostIdentity } from './metadata/host-identity.ts';
import { InstanceCredentials } from './metadata/instance-credentials.ts';
import { InstanceMetadata } from './metadata/instance-metadata.ts';
import { CommandService } from './protocol/command-service.ts';
import { CommandRecords } from './state/command-records.ts';
import { Layout } from './state/layout.ts';
import { Pointers } from './state/pointers.ts';
import { claimRootDirectory } from './state/sole-agent.ts';
import { openStatus } from './status/open-status.ts';
import type { StatusFile } from './status/status-file.ts';
import { watchedLog, watchedSend } from './status/watch.ts';

const SCRIPT_GRACE_MS = 5_000;
const METADATA_BACKOFF = { firstMs: 500, longestMs: 30_000 };

export interface AgentSurroundings {
  readonly config: AgentConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly place: Place;
  readonly log: Log;
  /** No new command is begun; the one under way is finished. */
  readonly stop: AbortSignal;
  /** The script under way is ended. */
  readonly interrupt: AbortSignal;
}

/**
 * Runs the agent until it is asked to stop.
 * @throws AgentConfigError when a file that the configuration names is unusable, AnotherAgentRuns
 */
export async function runAgent(surroundings: AgentSurroundings): Promise<void> {
  const { config, env, stop } = surroundings;
  const specificationSigner = readSigner(config.specificationSignerCertificate);
  const layout = new Layout(config.rootDir, config.ongoingDeploymentTracking);
  claimRootDirectory(layout.soleAgent());
  const status = openStatus(config, layout, systemTiming.now);
  const log = watchedLog(surroundings.log, status);
  const metadata = new InstanceMetadata(send, env['AWS_EC2_METADATA_SERVICE_ENDPOINT']);
  const identity = await whoAmI(metadata, log, stop);
  if (identity) {
    log.info('this host', { hostIdentifier: identity.hostIdentifier });
    status.isHost(identity.hostIdentifier);
    const parts = { ...surroundings, log, layout, status, ...(specificationSigner ? { specificationSigner } : {}) };
    const { loop, hookLogs, running } = assemble(parts, identity, metadata);
    await running.endOrphan(SCRIPT_GRACE_MS, log);
    await loop.run(stop);
    await hookLogs?.drain();
  }
  await status.close();
}

/** A booting instance may not have its metadata yet. @returns undefined when asked to stop meanwhile */
async function whoAmI(metadata: InstanceMetadata, log: Log, stop: AbortSignal): Promise<HostIdentity | undefined> {
  for (let failures = 1; !stop.aborted; failures += 1) {
    try {
      return await readHostIdentity(metadata);
    } catch (error) {
      log.warn('instance metadata cannot be read', { failures, error: errorText(error) });
      await systemTiming.pause(backoffMs(failures, METADATA_BACKOFF, systemTiming.random()), stop);
    }
  }
  return undefined;
}

function readSigner(file: string | undefined): X509Certificate | undefined {
  try {
    return file === undefined ? undefined : new X509Certificate(readFileSync(file));
  } catch (error) {
    throw new AgentConfigError(
      `specification_signer_certificate: ${file ?? ''} is no readable certificate: ${errorText(error)}`,
      { cause: error },
    );
  }
}

interface HostParts extends AgentSurroundings {
  readonly layout: Layout;
  readonly status: StatusFile;
  readonly specificationSigner?: X509Certificate;
}

interface Assembled {
  readonly loop: AgentLoop;
  readonly hookLogs: HookLogs | undefined;
  readonly running: RunningScript;
}

function assemble(parts: HostParts, identity: HostIdentity, metadata: InstanceMetadata): Assembled {
  const { config, env, place, log, interrupt, layout, status, specificationSigner } = parts;
  const timing = systemTiming;
  const credentials = new InstanceCredentials(metadata, timing.now);
  const region = config.region ?? identity.region;
  const connection = {
    region,
    credentials,
    timeoutMs: config.httpReadTimeoutSeconds * 1000,
    ...(config.proxyUri ? { proxy: config.proxyUri } : {}),
  };
  const pointers = new Pointers(layout);
  const records = new CommandRecords(layout, timing.now);
  const { hostIdentifier, domain } = identity;
  const settings = { ...connection, endpoint: config.deployControlEndpoint, hostIdentifier };
  const service = new CommandService(watchedSend(send, status), settings);
  const endpoint = config.s3EndpointOverride ?? endpointFrom(env, 'AWS_ENDPOINT_URL_S3');
  const pause = (ms: number): Promise<void> => timing.pause(ms, interrupt);
  const patientConnection = { ...connection, signal: interrupt, pause };
  const running = new RunningScript(layout.runningScript());
  const hookLogs = openHookLogs(parts, identity, connection);
  const loop = new AgentLoop({
    service,
    records,
    reporter: new Reporter(service, records, log, timing),
    equipment: {
      layout,
      pointers,
      place,
      sources: {
        send,
        s3: { ...patientConnection, domain, ...(endpoint ? { endpoint } : {}) },
        gitHub: { ...patientConnection, endpoint: config.gitHubApiEndpoint },
      },
      maxRevisions: config.maxRevisions,
      ...(config.archiveMaxExtractionSize ? { maxExtractionBytes: config.archiveMaxExtractionSize } : {}),
      enableDeploymentsLog: config.enableDeploymentsLog,
      scripts: { env, workingDirectory: process.cwd(), graceMs: SCRIPT_GRACE_MS, log, signal: interrupt, running },
      ...(hookLogs ? { hookLogs } : {}),
    },
    log,
    status,
    timing,
    ...(specificationSigner ? { specificationSigner } : {}),
    waitBetweenRunsMs: config.waitBetweenRunsSeconds * 1000,
  });
  return { loop, hookLogs, running };
}

function openHookLogs(
  { config, env, log }: AgentSurroundings,
  { instanceId, domain }: HostIdentity,
  connection: Omit<CloudWatchLogsSettings, 'endpoint'>,
): HookLogs | undefined {
  if (config.hookLogGroup === undefined) return undefined;
  const endpoint =
    endpointFrom(env, 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS') ?? new URL(`https://logs.${connection.region}.${domain}/`);
  const logs = new CloudWatchLogs(send, { ...connection, endpoint });
  return new HookLogs(logs, { group: config.hookLogGroup, instanceId, timing: systemTiming, log });
}

/** An endpoint that every AWS client takes from its environment. */
function endpointFrom(env: NodeJS.ProcessEnv, ofService: string): URL | undefined {
  const text = env[ofService] ?? env['AWS_ENDPOINT_URL'];
  return text ? new URL(text) : undefined;
}
