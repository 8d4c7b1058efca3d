import type { Template } from 'aws-cdk-lib/assertions';

interface Resource {
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The function whose sources lie in `lambdas/<folder>`, known by its log group. */
export function functionIn(template: Template, folder: string): Resource {
  const logGroup = only(template, 'AWS::Logs::LogGroup', ({ LogGroupName }) => LogGroupName === `/slipway/${folder}`);
  return only(template, 'AWS::Lambda::Function', ({ LoggingConfig }) =>
    JSON.stringify(LoggingConfig).includes(`"${logGroup.logicalId}"`),
  );
}

/** The statements of the one policy attached to the role of a function or state machine. */
export function policyOf(template: Template, { properties }: Resource): readonly Statement[] {
  const role = (properties.Role ?? properties.RoleArn) as { 'Fn::GetAtt': [string, string] };
  const roleId = role['Fn::GetAtt'][0];
  const policy = only(template, 'AWS::IAM::Policy', ({ Roles }) => JSON.stringify(Roles).includes(`"${roleId}"`));
  return (policy.properties.PolicyDocument as { Statement: Statement[] }).Statement;
}

export function actionsOf(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action }) => Action);
}

/** Every resource of the statements, as JSON text. */
export function resourcesOf(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
    .map((r) => JSON.stringify(r));
}

/** The one resource of this type that matches. */
export function only(
  template: Template,
  type: string,
  matches: (properties: Resource['properties']) => boolean = () => true,
): Resource {
  const found = Object.entries(template.findResources(type)).flatMap(([logicalId, resource]) => {
    const properties = (resource.Properties ?? {}) as Resource['properties'];
    return matches(properties) ? [{ logicalId, properties }] : [];
  });
  const [resource] = found;
  if (!resource || found.length > 1) throw new Error(`${found.length} resources of type ${type} match, not one`);
  return resource;
}
