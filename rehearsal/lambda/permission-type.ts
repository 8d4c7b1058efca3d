import type { Properties, ResourceType } from '../cloudformation/resource-type.ts';
import type { Ground } from '../part.ts';
import type { Statement } from '../permissions/policies.ts';
import { policyResource } from '../permissions/policy-resource.ts';
import type { FunctionRegistry } from './function-registry.ts';

/** `AWS::Lambda::Permission`: one statement of a function's resource policy. */
export function permissionType({ permissions: { policies } }: Ground, functions: FunctionRegistry): ResourceType {
  return policyResource(policies, (properties) => {
    const { functionArn } = functions.find(String(properties['FunctionName'])).configuration;
    return {
      arns: [functionArn],
      document: { Version: '2012-10-17', Statement: [statementFor(properties, functionArn)] },
    };
  });
}

/** The statement that Lambda's AddPermission writes for these properties. */
function statementFor(properties: Properties, functionArn: string): Statement {
  const { Action, Principal, SourceArn, SourceAccount, FunctionUrlAuthType, InvokedViaFunctionUrl } = properties;
  const equals = {
    ...(SourceAccount !== undefined && { 'aws:SourceAccount': SourceAccount }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
    ...(InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) },
    }),
  };
  return {
    Effect: 'Allow',
    Principal: principalFor(String(Principal)),
    Action,
    Resource: functionArn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalFor(principal: string): unknown {
  if (principal === '*') return '*';
  if (principal.endsWith('.amazonaws.com')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}
