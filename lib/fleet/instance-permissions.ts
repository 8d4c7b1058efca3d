import { Grant, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { NOT_PUBLISHED } from '../engine/engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { RevisionLocation } from './revision.ts';

/** Lets instances sign requests to the command service, which tells them apart by the session name of their role. */
export function grantCommandService(engine: Engine, grantee: IGrantable): Grant[] {
  const resourceArns = [engine.commandFunctionArn];
  return [
    Grant.addToPrincipal({
      grantee,
      resourceArns,
      actions: ['lambda:InvokeFunctionUrl'],
      conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
    }),
    // Since October 2025 a function URL asks for this one too; the condition keeps direct invocations out.
    Grant.addToPrincipal({
      grantee,
      resourceArns,
      actions: ['lambda:InvokeFunction'],
      conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    }),
  ];
}

/** Lets instances download the agent's executables, whichever processor they have. */
export function grantAgentProgram(engine: Engine, grantee: IGrantable): Grant[] {
  const resourceArns = [engine.agentX86ObjectKey, engine.agentArm64ObjectKey]
    .filter((key) => key !== NOT_PUBLISHED)
    .map((key) => `arn:${Aws.PARTITION}:s3:::${engine.agentBucketName}/${key}`);
  // A statement about nothing is none that IAM accepts.
  if (resourceArns.length === 0) return [];
  return [Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns })];
}

/** Lets instances copy the output of their hook scripts to this log group; not make others, nor read what it has. */
export function grantHookLogs(hookLogs: ILogGroup, grantee: IGrantable): Grant {
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return Grant.addToPrincipal({ grantee, actions, resourceArns: [hookLogs.logGroupArn] });
}

/**
 * Lets instances download one revision. Not its whole bucket: that of `cdk bootstrap` holds every asset of the account.
 * A launch that is still deploying the revision before may be refused; it is abandoned, and its replacement gets this one.
 */
export function grantRevision({ bucket, key, version }: RevisionLocation, grantee: IGrantable): Grant {
  bucket.encryptionKey?.grantDecrypt(grantee);
  return Grant.addToPrincipal({
    grantee,
    actions: [version ? 's3:GetObjectVersion' : 's3:GetObject'],
    resourceArns: [bucket.arnForObjects(key)],
  });
}

/**
 * Lets instances download the last revision that succeeded: they launch with it while another is rolled out, and when
 * launches of another keep failing. In a policy of its own: only the registration knows which it is, and all else must
 * be allowed before that.
 * @param lastSuccessfulObjectArn as the registration tells it
 * @param declared what the template declares, unless it is allowed already
 */
export function allowLastRevision(
  scope: Construct,
  lastSuccessfulObjectArn: string,
  role: IRole,
  declared: RevisionLocation | undefined,
): Policy {
  declared?.bucket.encryptionKey?.grantDecrypt(role);
  const policy = new Policy(scope, 'Revisions', {
    statements: [
      ...(declared ? [readObject(declared)] : []),
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [lastSuccessfulObjectArn],
      }),
    ],
  });
  role.attachInlinePolicy(policy);
  return policy;
}

function readObject({ bucket, key, version }: RevisionLocation): PolicyStatement {
  return new PolicyStatement({
    actions: [version ? 's3:GetObjectVersion' : 's3:GetObject'],
    resources: [bucket.arnForObjects(key)],
  });
}
