import { examine as findingsIn } from '../../core/doctor/examine.ts';
import type { Finding, Mend } from '../../core/doctor/finding.ts';
import type { Observation } from '../../core/doctor/observation.ts';
import type { Operation } from '../operation.ts';
import { mend } from './mend.ts';
import { observe } from './observe.ts';

interface Scope {
  /** The only Auto Scaling group that is of interest. @default all of the Region */
  readonly autoScalingGroupName: string | undefined;
}

/** Says what is not as it should be, and what helps. Changes nothing. */
export const examine: Operation<Scope, object> = {
  input: { autoScalingGroupName: 'text' },
  async run(scope, ports) {
    const observation = await observe(ports);
    return { examined: sizeOf(observation), findings: findingsOf(scope, observation).map(shown) };
  },
};

/**
 * Puts right what is the engine's own, one after the other, and examines again. What cannot be done is said, and keeps
 * none of the rest from being done.
 */
export const mendFindings: Operation<Scope, object> = {
  input: { autoScalingGroupName: 'text' },
  async run(scope, ports) {
    const found = findingsOf(scope, await observe(ports)).filter((finding) => finding.mend !== undefined);
    const outcomes = new Map<string, string | undefined>();
    for (const { mend: how } of found) {
      if (how && !outcomes.has(keyOf(how))) outcomes.set(keyOf(how), await attempt(() => mend(how, ports)));
    }
    const after = await observe(ports);
    return {
      examined: sizeOf(after),
      mended: found.map((finding) => {
        const failure = finding.mend && outcomes.get(keyOf(finding.mend));
        return { ...shown(finding), ...(failure !== undefined && { failure }) };
      }),
      findings: findingsOf(scope, after).map(shown),
    };
  },
};

/** Whatever belongs to no Auto Scaling group concerns each of them. */
function findingsOf({ autoScalingGroupName: only }: Scope, observation: Observation): readonly Finding[] {
  return findingsIn(observation).filter(({ autoScalingGroupName: name }) => !only || !name || name === only);
}

async function attempt(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function keyOf(how: Mend): string {
  return JSON.stringify(how);
}

function sizeOf({ autoScalingGroups, deploymentGroups }: Observation): object {
  return { autoScalingGroups: autoScalingGroups.length, deploymentGroups: deploymentGroups.length };
}

/** A finding as clients see it: how it is mended is the engine's business, whether it can be is theirs. */
function shown({ mend: how, ...finding }: Finding): object {
  return { ...finding, canBeMended: how !== undefined };
}
