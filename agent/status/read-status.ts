import { identifyProcess, isSameProcess } from '../hook-scripts/process-identity.ts';
import { readFileIfPresent } from '../state/read-if-present.ts';
import type { AgentStatus } from './agent-status.ts';
import { describeStatus } from './describe-status.ts';
import type { StatusReport } from './describe-status.ts';

/** Tells how the agent of this host is, from the file it keeps and from whether its process is alive. */
export async function readStatus(file: string, nowMs: number): Promise<StatusReport> {
  const text = await readFileIfPresent(file);
  if (text === undefined) {
    return { text: `No agent has run on this host with this configuration: there is no ${file}\n`, exitCode: 3 };
  }
  const status = JSON.parse(text) as AgentStatus;
  const isRunning = status.process !== undefined && isSameProcess(status.process, identifyProcess(status.process.pid));
  return describeStatus(status, isRunning, nowMs);
}
