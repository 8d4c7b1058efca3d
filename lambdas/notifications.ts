import type { EventBus } from '../adapters/event-bus/event-bus.ts';
import type { Topics } from '../adapters/sns/topics.ts';
import type { DeploymentGroups } from '../adapters/table/deployment-groups.ts';
import type { DeploymentGroup } from '../core/deployment-group.ts';
import type { DeploymentGroupName } from '../core/names.ts';
import { deploymentOfHost } from '../core/notifications/host-deployment.ts';
import type { Home } from '../core/notifications/home.ts';
import {
  type Audience,
  type News,
  newsOfDeployment,
  newsOfTarget,
  type NewsworthyDeployment,
} from '../core/notifications/news.ts';
import type { Target } from '../core/target.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Tells the world how deployments go. A step tells it after it has written the status, and tells it again when it is
 * repeated, so that nothing is lost by a crash in between. That nobody can be told never fails a deployment.
 */
export interface Notifications {
  /** Tells of the status that a deployment to a fleet has now. @param group the names that its record is found by */
  ofDeployment(deployment: NewsworthyDeployment & { readonly group: DeploymentGroupName }): Promise<void>;
  /**
   * Tells of the status that a target has now; of its deployment as well, where that has no other target.
   * @param known its deployment group, where the caller has read it
   */
  ofTarget(target: Target, known?: DeploymentGroup): Promise<void>;
}

export interface NotificationPorts {
  readonly deploymentGroups: Pick<DeploymentGroups, 'byName'>;
  readonly topics: Topics;
  readonly eventBus: EventBus;
  readonly telemetry: Telemetry;
}

/** What news is about. */
interface Subject {
  readonly deploymentId: string;
  readonly group: DeploymentGroupName;
  readonly known?: DeploymentGroup | undefined;
}

/** On the default event bus, and on the topics that the triggers of the deployment group name. */
export class PublishedNotifications implements Notifications {
  readonly #ports: NotificationPorts;
  readonly #home: Home;

  constructor(ports: NotificationPorts, home: Home) {
    this.#ports = ports;
    this.#home = home;
  }

  async ofDeployment({ group, ...deployment }: NewsworthyDeployment & { readonly group: DeploymentGroupName }) {
    await this.#tell({ group, ...deployment }, (audience) => [newsOfDeployment(deployment, audience)]);
  }

  async ofTarget(target: Target, known?: DeploymentGroup): Promise<void> {
    const deployment = deploymentOfHost(target);
    await this.#tell({ ...target, known }, (audience) => [
      ...(deployment ? [newsOfDeployment(deployment, audience)] : []),
      newsOfTarget(target, audience),
    ]);
  }

  async #tell({ group, deploymentId, known }: Subject, newsFor: (audience: Audience) => readonly News[]) {
    const { deploymentGroups, eventBus, topics } = this.#ports;
    await this.#try(deploymentId, async () => {
      const { settings } = known ?? (await deploymentGroups.byName(group)) ?? {};
      const news = newsFor({ home: this.#home, triggers: settings?.triggerConfigurations ?? [] });
      const events = news.flatMap((one) => one.events);
      const messages = news.flatMap((one) => one.messages);
      await Promise.all([
        ...(events.length > 0 ? [this.#try(deploymentId, () => eventBus.put(events))] : []),
        ...messages.map(({ topicArn, ...message }) =>
          this.#try(deploymentId, () => topics.publish(topicArn, message), topicArn),
        ),
      ]);
    });
  }

  async #try(deploymentId: string, publish: () => Promise<void>, topicArn?: string): Promise<void> {
    try {
      await publish();
    } catch (error) {
      this.#ports.telemetry.count('NotificationsFailed');
      this.#ports.telemetry.error('a notification could not be published', error, { deploymentId, topicArn });
    }
  }
}

/** Settings of the clients that publish: a deployment waits for them, but not for long. */
export const BRIEFLY = { maxAttempts: 2, requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 } } as const;
