import { resolve } from 'node:path';
import { App, Duration } from 'aws-cdk-lib/core';
import settings from '../cdk.json' with { type: 'json' };
import { applyAwsSolutionsChecks } from '../lib/aws-solutions-checks.ts';
import { EngineStack } from '../lib/engine/engine-stack.ts';
import { ExampleFleetStack } from '../lib/example/example-fleet-stack.ts';
import { Revision } from '../lib/fleet/revision.ts';
import { Rollout } from '../lib/fleet/rollout.ts';

const app = new App({
  // The resources must be the same whether the CDK command line or `node bin/slipway.ts` makes them: the feature flags
  // are those of cdk.json either way, and no usage report is added.
  context: {
    ...settings.context,
    '@aws-cdk/core:defaultCrossStackReferences': 'strong', // the engine stays while a fleet of this app uses it
    '@aws-cdk/core:validateAgainstDefaultRules': true, // what CloudFormation would refuse fails here already
  },
  analyticsReporting: false,
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
});

const hostAgent = contextChoice('hostAgent', ['slipway', 'aws', 'none']) ?? 'slipway';
const awsAgents = hostAgent === 'aws' || contextText('awsAgents') === 'true';
const { engine } = new EngineStack(app, 'SlipwayEngine', { awsAgents });
const silenceMinutes = contextNumber('silenceMinutes');
const warmInstances = contextNumber('warmInstances');
const monitor = contextText('monitor');
const launchRevision = contextChoice('launchRevision', ['last-successful', 'in-flight']);
new ExampleFleetStack(app, 'SlipwayExampleFleet', {
  engine,
  revision: revisionIn(contextText('revision') ?? 'samples/web-app'),
  ...(monitor !== undefined && { monitor: revisionIn(monitor) }),
  rollout: rolloutIn(contextChoice('rollout', ['wait', 'start', 'none']) ?? 'wait'),
  desiredCapacity: contextNumber('desiredCapacity') ?? 2,
  ...(warmInstances !== undefined && { warmInstances }),
  hostAgent,
  ...(launchRevision && { launchRevision }),
  ...(silenceMinutes !== undefined && { silenceLimit: Duration.minutes(silenceMinutes) }),
});
applyAwsSolutionsChecks(app);
app.synth();

/** @param directory from the project's root */
function revisionIn(directory: string): Revision {
  return Revision.fromAsset(resolve(import.meta.dirname, '..', directory));
}

function rolloutIn(choice: 'wait' | 'start' | 'none'): Rollout {
  if (choice === 'none') return Rollout.none();
  const deploymentConfigName = contextText('deploymentConfig');
  return Rollout[choice](deploymentConfigName === undefined ? {} : { deploymentConfigName });
}

/** A setting of the command line: `-c revision=samples/web-app`. */
function contextText(key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return value === undefined ? undefined : String(value);
}

function contextChoice<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
  const text = contextText(key);
  const choice = choices.find((each) => each === text);
  if (text !== undefined && choice === undefined)
    throw new Error(
      `The context value ${key} must be one of ${choices.join(', ')}, not “${text}”: -c ${key}=${choices[0]}`,
    );
  return choice;
}

function contextNumber(key: string): number | undefined {
  const text = contextText(key);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new Error(`The context value ${key} must be a whole number, not “${text}”: -c ${key}=2`);
  return Number(text);
}
