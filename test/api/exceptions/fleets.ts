import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';

import type { ServedApi } from '../support/served-api.ts';

export const INSTANCE = 'i-0000000000000001';

/** A bundle of servers. */
export const bundle = (key: string): RevisionLocation => ({
  revisionType: 'S3',
  s3Location: { bucket: 'revisions', key, bundleType: 'zip' },
});

/** A deployment group of the application `web`, and what is done with it. */
export function fleets({ client, ports, nowMs }: ServedApi) {
  const applicationName = 'web';
  const createGroup = (deploymentGroupName: string, settings: object = {}) =>
    client.send(
      new CreateDeploymentGroupCommand({
        ...{ applicationName, deploymentGroupName, serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy' },
        ...settings,
      }),
    );
  /** A deployment to it that has not begun. */
  const deploy = async (deploymentGroupName: string): Promise<string> => {
    const order = { applicationName, deploymentGroupName, revision: bundle('web.zip') };
    return (await client.send(new CreateDeploymentCommand(order))).deploymentId ?? '';
  };
  return {
    createGroup,
    deploy,
    createApplication: (computePlatform: 'Server' | 'Lambda' = 'Server', name = applicationName) =>
      client.send(new CreateApplicationCommand({ applicationName: name, computePlatform })),
    /** One that has, with a single target. */
    begin: async (deploymentGroupName: string): Promise<string> => {
      await createGroup(deploymentGroupName);
      const deploymentId = await deploy(deploymentGroupName);
      const waves = [{ size: 1, mayBeDown: 1, monitorSeconds: 0 }];
      await ports.fleetTargets.choose(deploymentId, { targetIds: [INSTANCE], waves, mayBeDown: 1 });
      await ports.fleets.open(deploymentId, waves, 1);
      await ports.fleetDeployments.start(deploymentId, 1, nowMs);
      return deploymentId;
    },
  };
}
