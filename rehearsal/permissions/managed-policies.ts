import type { PolicyDocument, Statement } from './policies.ts';

const allow = (Resource: string, ...Action: string[]): Statement => ({ Effect: 'Allow', Action, Resource });
const document = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

/**
 * Policies that AWS keeps, as it publishes them: those that roles of instances and functions commonly have.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const AWS_MANAGED_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: document(allow('*', '*')),
  AmazonSSMManagedInstanceCore: document(
    allow(
      '*',
      'ssm:DescribeAssociation',
      'ssm:GetDeployablePatchSnapshotForInstance',
      'ssm:GetDocument',
      'ssm:DescribeDocument',
      'ssm:GetManifest',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:ListAssociations',
      'ssm:ListInstanceAssociations',
      'ssm:PutInventory',
      'ssm:PutComplianceItems',
      'ssm:PutConfigurePackageResult',
      'ssm:UpdateAssociationStatus',
      'ssm:UpdateInstanceAssociationStatus',
      'ssm:UpdateInstanceInformation',
    ),
    allow(
      '*',
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ),
    allow(
      '*',
      'ec2messages:AcknowledgeMessage',
      'ec2messages:DeleteMessage',
      'ec2messages:FailMessage',
      'ec2messages:GetEndpoint',
      'ec2messages:GetMessages',
      'ec2messages:SendReply',
    ),
  ),
  'service-role/AWSLambdaBasicExecutionRole': document(
    allow('*', 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': document(
    allow(
      '*',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
  ),
};

/** The document of one of AWS's own policies, by ARN; undefined for those that are not known here. */
export const managedPolicy = (arn: string): PolicyDocument | undefined =>
  AWS_MANAGED_POLICIES[arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, '')];
