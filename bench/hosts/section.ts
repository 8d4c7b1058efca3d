import { Assemblies } from '../../stories/assemblies.ts';
import { spread } from '../statistics.ts';
import { measureHosts } from './measure.ts';

/** Measures a fleet of real hosts on this machine. @returns lines for a person */
export async function measureFleetOfHosts(isShort: boolean): Promise<string[]> {
  // With the agent, which the other assemblies leave out, and in the form that lets hosts share one Node's memory.
  const assemblies = await Assemblies.create({ agentArchitectures: 'script' });
  try {
    const measure = await measureHosts(assemblies, isShort ? 10 : 50);
    const { hosts, start, wallMs, memory, diskMiB } = measure;
    return [
      '  their agent is the bundle without its Node (agentArchitectures=script)',
      `  launch → user data begins       ${spread(start.userDataMs)}`,
      `  launch → agent asks for commands ${spread(start.pollMs)}`,
      `  launch → in service             ${spread(start.inServiceMs)}`,
      `  ${hosts} hosts in service in ${(wallMs / 1000).toFixed(1)} s`,
      `  memory of the whole rehearsal: ${memory.atRestMiB.toFixed(0)} MiB at rest, ${memory.peakMiB.toFixed(0)} MiB at most   aim: 50 hosts within 4,096 MiB`,
      `  disk ${diskMiB.toFixed(0)} MiB, ${(diskMiB / hosts).toFixed(0)} MiB per host`,
    ];
  } finally {
    await assemblies.remove();
  }
}
