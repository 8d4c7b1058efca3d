import { Duration } from 'aws-cdk-lib/core';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';

export interface RolloutOptions {
  /**
   * How many hosts are deployed to at once: a built-in deployment config, or one that was created through the API.
   * @default 'CodeDeployDefault.OneAtATime'
   */
  readonly deploymentConfigName?: string;
  /** Alarms that stop the deployment when they ring, ten at most. @default none */
  readonly alarms?: readonly IAlarm[];
}

export interface WaitOptions extends RolloutOptions {
  /**
   * How long the stack waits for the end of the deployment, from 1 to 59 minutes: CloudFormation waits for an hour at
   * most. When it is over the stack goes back, and the deployment with it.
   * @default Duration.minutes(55)
   */
  readonly timeout?: Duration;
}

export interface StartOptions extends RolloutOptions {
  /** Whether the hosts go back to the last revision that succeeded when this one fails. @default true */
  readonly rollBackOnFailure?: boolean;
}

/** What CloudFormation waits for. */
export interface RenderedRollout {
  readonly serviceTimeout: Duration;
  /** As the roll-out's function reads it. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** How a changed revision comes to the hosts that there are. */
export class Rollout {
  /**
   * `cdk deploy` deploys it to them, host by host, and waits. When the deployment fails the stack is rolled back, and the
   * hosts get the revision before.
   * @throws Error when CloudFormation cannot wait that long
   */
  static wait(options: WaitOptions = {}): Rollout {
    const timeout = options.timeout ?? Duration.minutes(55);
    const seconds = timeout.toSeconds();
    if (seconds < 60 || seconds > 59 * 60)
      throw new Error(
        `The timeout of a roll-out must be from 1 to 59 minutes, not ${seconds} seconds: CloudFormation waits for an ` +
          'hour at most. Use Rollout.start() for deployments that take longer.',
      );
    return new Rollout({
      // The engine answers first, with a reason.
      serviceTimeout: Duration.seconds(seconds + 60),
      properties: { Mode: 'WAIT', TimeoutSeconds: String(seconds), ...rendered(options) },
    });
  }

  /**
   * `cdk deploy` starts a deployment to them and goes on. For deployments that take longer than CloudFormation waits:
   * whoever wants to know how it ended asks for the deployment that the construct's `deploymentId` names.
   */
  static start(options: StartOptions = {}): Rollout {
    return new Rollout({
      serviceTimeout: Duration.minutes(5),
      properties: {
        Mode: 'START',
        RollBackOnFailure: String(options.rollBackOnFailure ?? true),
        ...rendered(options),
      },
    });
  }

  /** Hosts keep what they have; those that are launched from then on get the changed one, tried or not. */
  static none(): Rollout {
    return new Rollout(undefined);
  }

  readonly #rendered: RenderedRollout | undefined;

  private constructor(rendered: RenderedRollout | undefined) {
    this.#rendered = rendered;
  }

  /** @returns undefined when nothing is rolled out */
  render(): RenderedRollout | undefined {
    return this.#rendered;
  }
}

function rendered({ deploymentConfigName, alarms = [] }: RolloutOptions) {
  if (alarms.length > 10) throw new Error(`A roll-out watches 10 alarms at most, not ${alarms.length}.`);
  return {
    ...(deploymentConfigName !== undefined && { DeploymentConfigName: deploymentConfigName }),
    ...(alarms.length > 0 && { AlarmNames: alarms.map(({ alarmName }) => alarmName) }),
  };
}
