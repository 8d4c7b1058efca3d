import {
  type CodeDeployClient,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import type { JournalEntry, Rehearsal } from '../../rehearsal/index.ts';
import { codeDeployClient, GROUP } from '../../stories/code-deploy.ts';

/** Whether hosts leave their target group while they are deployed to. */
export type Traffic = 'left-alone' | 'controlled';

/** A deployment that has ended. */
export interface EndedDeployment {
  readonly deploymentId: string;
  readonly status: string;
  readonly succeeded: number;
  /** From the call that creates it until its execution has ended, in rehearsed milliseconds. */
  readonly durationMs: number;
  /** What happened meanwhile. */
  readonly entries: readonly JournalEntry[];
}

/** Deployments to the instances of the example fleet, by groups of their own: that of the stack is the stack's. */
export class FleetDeployments {
  readonly #rehearsal: Rehearsal;
  readonly #targetGroupName: string | undefined;
  readonly #codeDeploy: CodeDeployClient;
  readonly #groups = new Map<Traffic, Promise<string>>();

  /** @param targetGroupName needed where traffic is controlled */
  constructor(rehearsal: Rehearsal, targetGroupName?: string) {
    this.#rehearsal = rehearsal;
    this.#targetGroupName = targetGroupName;
    this.#codeDeploy = codeDeployClient(rehearsal);
  }

  /** Deploys the revision that the stack declares to all instances of the fleet, and waits for the end. */
  async roll(deploymentConfigName: string, traffic: Traffic): Promise<EndedDeployment> {
    const { clock, journal } = this.#rehearsal;
    const { applicationName } = GROUP;
    const { deploymentGroupInfo } = await this.#codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
    const deploymentGroupName = await this.#groupFor(traffic);
    const [from, createdAtMs] = [journal.entries.length, clock.now()];
    const { deploymentId = '' } = await this.#codeDeploy.send(
      new CreateDeploymentCommand({
        applicationName,
        deploymentGroupName,
        deploymentConfigName,
        revision: deploymentGroupInfo?.targetRevision,
      }),
    );
    const endedAtMs = await this.#ended(deploymentId);
    const entries = journal.entries.slice(from);
    const { deploymentInfo } = await this.#codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return {
      deploymentId,
      status: deploymentInfo?.status ?? '',
      succeeded: deploymentInfo?.deploymentOverview?.Succeeded ?? 0,
      durationMs: endedAtMs - createdAtMs,
      entries,
    };
  }

  #groupFor(traffic: Traffic): Promise<string> {
    const known = this.#groups.get(traffic) ?? this.#createGroup(traffic);
    this.#groups.set(traffic, known);
    return known;
  }

  async #createGroup(traffic: Traffic): Promise<string> {
    const { accountId, outputs } = this.#rehearsal;
    const deploymentGroupName = `traffic-${traffic}`;
    const fleet = outputs('SlipwayExampleFleet')['AutoScalingGroupName'];
    await this.#codeDeploy.send(
      new CreateDeploymentGroupCommand({
        applicationName: GROUP.applicationName,
        deploymentGroupName,
        serviceRoleArn: `arn:aws:iam::${accountId}:role/unused`,
        ec2TagFilters: [{ Key: 'aws:autoscaling:groupName', Value: fleet, Type: 'KEY_AND_VALUE' }],
        ...(traffic === 'controlled' && {
          deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
          loadBalancerInfo: { targetGroupInfoList: [{ name: this.#targetGroupName }] },
        }),
      }),
    );
    return deploymentGroupName;
  }

  /** When the execution of the whole deployment ended; its name is the deployment's id. */
  #ended(deploymentId: string): Promise<number> {
    const { journal } = this.#rehearsal;
    return new Promise((resolve) => {
      const look = (entry: JournalEntry): void => {
        const isIt = entry.kind === 'execution' && entry.executionArn.endsWith(`:${deploymentId}`);
        if (!isIt || entry.status === 'RUNNING') return;
        leave();
        resolve(entry.at);
      };
      const leave = journal.follow(look);
      journal.entries.slice().forEach(look);
    });
  }
}
