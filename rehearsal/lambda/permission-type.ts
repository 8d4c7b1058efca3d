import type { Properties, ResourceContext, ResourceType } from '../cloudformation/resource-type.ts';
import { policyId } from '../identity/role-policies.ts';
import type { Ground } from '../part.ts';
import type { Statement } from '../permissions/policies.ts';
import type { FunctionRegistry } from './function-registry.ts';

/** `AWS::Lambda::Permission`: one statement of a function's resource policy. */
export function permissionType({ permissions: { policies } }: Ground, functions: FunctionRegistry): ResourceType {
  const put = (properties: Properties, context: ResourceContext): void => {
    const { functionArn } = functions.find(String(properties['FunctionName'])).configuration;
    policies.removeResourcePolicy(policyId(context));
    policies.putResourcePolicy(functionArn, {
      id: policyId(context),
      document: { Version: '2012-10-17', Statement: [statementFor(properties, functionArn)] },
    });
  };
  return {
    async create(properties, context) {
      put(properties, context);
      return { physicalId: context.generateName() };
    },
    async update(physicalId, properties, _previous, context) {
      put(properties, context);
      return { physicalId };
    },
    async delete(_physicalId, _properties, context) {
      policies.removeResourcePolicy(policyId(context));
    },
  };
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
