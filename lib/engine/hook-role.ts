import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The role by which Auto Scaling puts lifecycle actions into the queue. Every hook of every group names it. */
export class HookRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { queue }: { readonly queue: IQueue }) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('autoscaling.amazonaws.com'),
      description: 'Auto Scaling sends lifecycle actions to the Slipway queue',
      // Part of the role itself: a policy beside it could arrive after the first group, whose creation sends a test message.
      inlinePolicies: {
        SendLifecycleActions: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'], // without GetQueueUrl the test message is refused
              resources: [queue.queueArn],
            }),
          ],
        }),
      },
    });
  }
}
