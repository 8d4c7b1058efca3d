import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import { HookBreaker } from './hook-breaker.ts';
import { Operator } from './permissions/operator.ts';
import { slipway } from './slipway.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

export interface DoctorOutcome {
  /** The kinds of findings that were seen. */
  readonly found: readonly string[];
}

const FROM_CODE_DEPLOY = 'CodeDeploy-managed-automatic-launch-deployment-hook-web-5f70bf18';

/** `npm start -- doctor`: hooks that drift are found and mended. */
export const doctorStory: Story<DoctorOutcome> = {
  name: 'doctor',
  summary: 'hooks are deleted, changed and copied: slipway doctor finds it, and mends it',
  settings: { rollout: 'none' },
  async tell(stage) {
    const { rehearsal, narrator } = stage;
    const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
    const breaker = new HookBreaker(rehearsal, fleet.autoScalingGroupName);

    narrator.chapter('A fleet is in service');
    await fleet.until('two instances in service', async () => (await fleet.inService()).length === 2);
    const declared = await breaker.hooks();
    await examine(stage, { code: 0, found: [] });

    narrator.chapter('Its hooks are changed, one is copied, and AWS CodeDeploy comes along');
    const [launch] = declared.filter(({ LifecycleHookName: name }) => name === 'slipway-launch');
    await breaker.put({ LifecycleHookName: 'slipway-launch', DefaultResult: 'CONTINUE', HeartbeatTimeout: 300 });
    await breaker.put({ ...launch, LifecycleHookName: 'copy-of-slipway-launch' });
    await breaker.delete('slipway-termination');
    await breaker.put({ LifecycleHookName: FROM_CODE_DEPLOY, LifecycleTransition: launch?.LifecycleTransition });
    const changed = ['HookEdited', 'HeartbeatTimeoutTooShort', 'HookDuplicated', 'HookMissing', 'ServedByCodeDeploy'];
    await examine(stage, { code: 1, found: changed });
    await expectDaily(stage, changed.length);

    narrator.chapter('slipway doctor --fix mends what is ours');
    await examine(stage, { code: 1, found: ['ServedByCodeDeploy'], args: ['--fix'] });
    await breaker.delete(FROM_CODE_DEPLOY);
    const mended = await breaker.hooks();
    expectThat(
      JSON.stringify(sorted(mended)) === JSON.stringify(sorted(declared)),
      'the hooks are as the template declares them',
      JSON.stringify(mended),
    );
    await examine(stage, { code: 0, found: [] });

    narrator.chapter('All hooks are deleted, and an instance slips through');
    for (const { LifecycleHookName: name = '' } of declared) await breaker.delete(name);
    await breaker.keepUnhealthy(true);
    await fleet.setDesiredCapacity(3);
    const slipped = await fleet.until('a third instance in service', async () => {
      const ids = await fleet.inService();
      return ids.length === 3 && ids;
    });
    await examine(stage, { code: 1, found: ['HookMissing', 'HookMissing', 'InstanceNeverDeployedTo'] });
    const found = await examine(stage, { code: 1, found: ['InstanceNeverDeployedTo'], args: ['--fix'] });
    const neverDeployedTo = slipped.find((id) => found.includes(id)) ?? '';

    narrator.chapter('Auto Scaling may replace it again, by one that is deployed to');
    await breaker.keepUnhealthy(false);
    const replaced = await fleet.until('another instance in service', async () => {
      const ids = await fleet.inService();
      return ids.length === 3 && !ids.includes(neverDeployedTo) && ids.find((id) => !slipped.includes(id));
    });
    narrator.seen(`${replaced} took its place and answers “${await fleet.askApplication(replaced)}”`);
    await examine(stage, { code: 0, found: [] });
    return { found: [...new Set([...changed, 'InstanceNeverDeployedTo'])] };
  },
};

interface Expected {
  readonly code: number;
  /** Kinds of what is still to be found, in any order. */
  readonly found: readonly string[];
  readonly args?: readonly string[];
}

/** Runs the command as a person does. @returns what it said */
async function examine({ rehearsal, narrator }: Stage, { code, found, args = [] }: Expected): Promise<string> {
  const { code: ended, output } = await slipway(rehearsal, 'doctor', ...args);
  const names = output.split('\n').filter((line) => /^[A-Z][A-Za-z]+$/.test(line));
  const isAsExpected = ended === code && `${names.toSorted()}` === `${found.toSorted()}`;
  expectThat(
    isAsExpected,
    `doctor exits with ${code} and finds ${found.join(', ') || 'nothing'}`,
    `${ended}: ${output}`,
  );
  narrator.seen(`slipway ${['doctor', ...args].join(' ')} exits with ${code}:`);
  narrator.detail(output);
  return output;
}

/** What the schedule runs once a day finds the same. */
async function expectDaily({ rehearsal, narrator }: Stage, findings: number): Promise<void> {
  const [FunctionName] = await new Operator(rehearsal).resources('AWS::Lambda::Function', /DoctorFunction/);
  const { endpoint, region } = rehearsal;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  const answer = Payload?.transformToString() ?? '';
  expectThat(answer === JSON.stringify({ findings }), `the daily examination finds ${findings}`, answer);
  narrator.seen(`The daily examination counts ${findings} findings as well`);
}

function sorted<Hook extends { readonly LifecycleHookName?: string | undefined }>(hooks: readonly Hook[]): Hook[] {
  return hooks.toSorted((one, other) => (one.LifecycleHookName ?? '').localeCompare(other.LifecycleHookName ?? ''));
}
