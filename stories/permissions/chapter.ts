import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { Rehearsal } from '../../rehearsal/index.ts';
import { codeDeployClient } from '../code-deploy.ts';
import { Fleet } from '../fleet.ts';
import type { Narrator } from '../narrator.ts';
import type { Template } from './grants.ts';
import type { HostMood } from './host-mood.ts';
import { Operator } from './operator.ts';

/** What a chapter is told on. */
export interface ChapterGround {
  readonly rehearsal: Rehearsal;
  readonly narrator: Narrator;
  readonly fleet: Fleet;
  readonly operator: Operator;
  readonly codeDeploy: CodeDeployClient;
  /** How simulated hosts behave; real ones do not care. */
  readonly mood: HostMood;
  /** The stacks with another revision. */
  readonly nextAssembly: () => Promise<string>;
}

/** A part of what the engine does, which can be told by itself on stacks that were just deployed. */
export interface Chapter {
  readonly name: string;
  readonly title: string;
  /** How many instances the example's group starts with. @default 1 */
  readonly desiredCapacity?: number;
  /** Whether instances are real processes. @default 'simulated' */
  readonly hosts?: 'processes' | 'simulated';
  /** Rehearsed seconds per second. @default 60 */
  readonly speed?: number;
  /** Changes templates before they are deployed. @default they are as they were synthesized */
  readonly adjust?: (template: Template) => Template;
  /** Sets the mood of simulated hosts before the first of them is there. */
  readonly prepare?: (mood: HostMood) => void;
  /** @throws Deviation, or any other error, when something goes otherwise */
  tell(ground: ChapterGround): Promise<void>;
}

/** @param mood of the hosts, if they are simulated */
export function groundOf(
  { rehearsal, narrator, nextAssembly }: Pick<ChapterGround, 'rehearsal' | 'narrator' | 'nextAssembly'>,
  mood: HostMood,
): ChapterGround {
  return {
    rehearsal,
    narrator,
    nextAssembly,
    mood,
    fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')),
    operator: new Operator(rehearsal),
    codeDeploy: codeDeployClient(rehearsal),
  };
}
