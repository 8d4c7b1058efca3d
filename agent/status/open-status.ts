import type { AgentConfig } from '../config/agent-config.ts';
import { identifyProcess } from '../hook-scripts/process-identity.ts';
import type { Layout } from '../state/layout.ts';
import { AGENT_VERSION } from '../version.ts';
import { StatusFile } from './status-file.ts';

/** Begins the status of this process, in the place of an earlier agent's. */
export function openStatus(config: AgentConfig, layout: Layout, now: () => number): StatusFile {
  const status = {
    version: AGENT_VERSION,
    process: identifyProcess(process.pid),
    startedAtMs: now(),
    commandService: config.deployControlEndpoint.host,
  };
  return new StatusFile(layout.agentStatus(), status, now);
}
