import { statementsOf, type PolicyDocument } from './policies.ts';

/** Condition keys that a request can have here, in small letters; tags of Auto Scaling groups besides. */
const KNOWN = new Set(
  [
    'aws:SecureTransport',
    'aws:RequestedRegion',
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:ViaAWSService',
    'aws:UserAgent',
    'aws:ResourceAccount',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalServiceName',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalType',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:userid',
    'events:source',
    'events:detail-type',
    'iam:PassedToService',
    'kms:ViaService',
    'lambda:FunctionUrlAuthType',
    'lambda:InvokedViaFunctionUrl',
  ].map((key) => key.toLowerCase()),
);
const TAG = /^(aws|autoscaling):resourcetag\//;

/** Keys that a document's conditions test, and no request here can have. */
export function unknownKeys(document: PolicyDocument): string[] {
  const conditions = statementsOf(document).map(({ Condition = {} }) => Condition as Record<string, object>);
  const keys = conditions.flatMap((condition) => Object.values(condition).flatMap((test) => Object.keys(test)));
  return [...new Set(keys)].filter((key) => !isKnown(key.toLowerCase()));
}

const isKnown = (key: string): boolean => KNOWN.has(key) || TAG.test(key);
