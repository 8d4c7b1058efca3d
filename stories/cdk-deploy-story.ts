import { cdkDeploy } from './cdk-deploy.ts';
import { Fleet } from './fleet.ts';
import type { Story } from './story.ts';

/** `npm start -- cdk-deploy`: changed revisions come by the stack, and a bad one takes the stack back. */
export const cdkDeployStory: Story<void> = {
  name: 'cdk-deploy',
  summary: 'cdk deploy brings a changed revision to the fleet, and goes back when it fails',
  async tell(stage) {
    const { rehearsal } = stage;
    await cdkDeploy({ ...stage, fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')) });
  },
};
