import { percentile, spread } from '../statistics.ts';
import type { AgentMeasure, DeploymentMeasure } from './measure.ts';

export interface NamedMeasure extends AgentMeasure {
  readonly name: string;
}

/** What was measured of each agent, in lines for a person, and how they compare where there are two. */
export function agentReport(agents: readonly NamedMeasure[]): string[] {
  return [...agents.flatMap(linesOf), ...comparison(agents)];
}

function linesOf(agent: NamedMeasure): string[] {
  const aim = agent.name === OURS ? '   aim: p50 < 300 ms' : '';
  return [
    `  ${agent.name}`,
    ...agent.deployments.map(
      ({ revision, wholeMs, downloadMs, installMs, cpuMs, peakMiB }) =>
        `    ${revision.title.padEnd(19)} ${seconds(wholeMs)} (download and unpack ${seconds(downloadMs)}, install ${seconds(installMs)})  processor ${seconds(cpuMs)}  peak ${mebibytes(peakMiB)}`,
    ),
    `    seven empty events  ${spread(agent.emptyMs)}${aim}`,
    `    poll → first script ${spread(agent.firstScriptMs)}`,
    `    memory at rest      ${agent.restingMemory.map(({ deployments, mib }) => `${mebibytes(mib)} after ${deployments}`).join(', ')} deployments`,
  ];
}

function comparison([ours, theirs]: readonly NamedMeasure[]): string[] {
  if (!ours || !theirs) return [];
  const ratios = ours.deployments.flatMap((deployment, index) => {
    const other = theirs.deployments[index];
    return other ? [`${deployment.revision.title} ${ratio(deployment, other)}`] : [];
  });
  const empty = (percentile(theirs.emptyMs, 0.5) / percentile(ours.emptyMs, 0.5)).toFixed(1);
  return [`  ${theirs.name} / ${ours.name}: ${ratios.join('; ')}; seven empty events ${empty} times the time`];
}

function ratio(ours: DeploymentMeasure, theirs: DeploymentMeasure): string {
  return `${(theirs.wholeMs / ours.wholeMs).toFixed(1)} times the time, ${(theirs.cpuMs / ours.cpuMs).toFixed(1)} the processor, ${(theirs.peakMiB / ours.peakMiB).toFixed(1)} the memory`;
}

/** The name that has the aims. */
export const OURS = 'Slipway’s agent';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const mebibytes = (value: number): string => `${value.toFixed(0)} MiB`;
