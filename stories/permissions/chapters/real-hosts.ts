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
    const before = await declaredRevision(ground);
    const updated = rehearsal.deploy(await nextAssembly());
    await fleet.setDesiredCapacity(2);
    await updated;
    await hostsInService(ground, 2);
    // The role may read any version of what had succeeded before the update, and of what that declares none.
    await atRest(ground);
    const revision = { revisionType: 'S3', s3Location: { ...before, version: 'null' } } as const;
    await expectEnd(ground, await deploy(ground, { revision }), 'Succeeded');
    narrator.seen('A second host launched with what the first had, while that got another revision');
  },
};
