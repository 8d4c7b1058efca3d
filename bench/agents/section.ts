import { Assemblies } from '../../stories/assemblies.ts';
import { awsAgent, slipwayAgent } from './agents.ts';
import { agentExecutable } from './executable.ts';
import { type Extent, measureAgent } from './measure.ts';
import { agentReport, OURS } from './report.ts';
import { REVISIONS } from './revisions.ts';

const WHOLE: Extent = { revisions: [REVISIONS.few, REVISIONS.many, REVISIONS.large], emptyDeployments: 100 };
const SHORT: Extent = { revisions: [REVISIONS.few, REVISIONS.many], emptyDeployments: 20 };

/**
 * Measures our agent as it is shipped, and AWS's beside it in the same run.
 * @param awsCheckout a checkout of AWS's agent 1.8; without it ours is measured alone
 * @returns lines for a person
 */
export async function measureAgents(isShort: boolean, awsCheckout: string | undefined): Promise<string[]> {
  const extent = isShort ? SHORT : WHOLE;
  const assemblies = await Assemblies.create(); // with the agent, which the other assemblies leave out
  try {
    const executable = await agentExecutable(await assemblies.withRevision('web-app'));
    const measures = [{ name: OURS, ...(await measureAgent(slipwayAgent(executable), extent)) }];
    if (awsCheckout !== undefined) {
      measures.push({ name: 'AWS’s agent', ...(await measureAgent(awsAgent(awsCheckout), extent)) });
    }
    return agentReport(measures);
  } finally {
    await assemblies.remove();
  }
}
