import type { Chapter } from '../chapter.ts';
import { declaredRevision, deploy, expectEnd, hostsInService, atRest } from '../deployments.ts';

export const realHosts: Chapter = {
  name: 'real-hosts',
  title: 'Hosts download their agent and its revisions, and ship what scripts print',
  hosts: 'processes',
  speed: 20,
  async tell(ground) {
    const { fleet, rehearsal, nextAssembly, narrator } = ground;
    await hostsInService(ground);
    // The role may read any version of the last revision that succeeded, and of the declared one none.
    const s3Location = { ...(await declaredRevision(ground)), version: 'null' };
    await expectEnd(ground, await deploy(ground, { revision: { revisionType: 'S3', s3Location } }), 'Succeeded');
    await atRest(ground);
    const updated = rehearsal.deploy(await nextAssembly());
    await fleet.setDesiredCapacity(2);
    await updated;
    await hostsInService(ground, 2);
    narrator.seen('A second host launched with what the first had, while that got another revision');
  },
};
