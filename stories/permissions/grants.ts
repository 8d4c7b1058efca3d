/** A template as `cdk synth` writes it, as far as policies are concerned. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface PolicyText {
  Statement: unknown[];
}

/** One thing that a template grants or forbids, and how the template reads without it. */
export interface Grant {
  /** `EngineTrafficRoleDefaultPolicy888B3B7A #2` */
  readonly name: string;
  /** Its effect and actions, in words. */
  readonly text: string;
  /** By which a rehearsal counts its uses, behind the stack's name; absent for a policy that stands elsewhere. */
  readonly counted?: { readonly policy: string; readonly index: number };
  without(template: Template): Template;
}

/** Every statement, permission and attached policy of a template. */
export function grantsIn(template: Template): Grant[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => [
    ...documentsIn(resource).flatMap(({ path, document, policyName }) =>
      document.Statement.map((statement, index) => ({
        name: `${logicalId}${path.length > 1 ? ` ${path.slice(0, -1).join('.')}` : ''} #${index + 1}`,
        text: textOf(statement as Readonly<Record<string, unknown>>),
        counted: { policy: [logicalId, ...(policyName === undefined ? [] : [policyName])].join('/'), index },
        without: changing(logicalId, path, ({ Statement, ...rest }: PolicyText) => ({
          ...rest,
          Statement: Statement.filter((_, each) => each !== index),
        })),
      })),
    ),
    ...attachedIn(resource).map((attached, index) => ({
      name: `${logicalId} attached #${index + 1}`,
      text: `Allow what ${JSON.stringify(attached)} says`,
      without: changing(logicalId, ['ManagedPolicyArns'], (arns: unknown[]) =>
        arns.filter((_, each) => each !== index),
      ),
    })),
    ...(resource.Type === 'AWS::Lambda::Permission' ? [permission(logicalId, resource)] : []),
  ]);
}

interface PlacedDocument {
  readonly path: readonly string[];
  readonly document: PolicyText;
  /** Of a policy that is part of a role. */
  readonly policyName?: string;
}

/** Where the documents of a resource stand, below its properties. */
function documentsIn({ Properties = {} }: TemplateResource): PlacedDocument[] {
  const inline = (Properties['Policies'] ?? []) as { PolicyName: string; PolicyDocument: PolicyText }[];
  const [trust, own] = ['AssumeRolePolicyDocument', 'PolicyDocument'] as const;
  return [
    ...(Properties[trust] ? [{ path: [trust], document: Properties[trust] as PolicyText, policyName: trust }] : []),
    ...(Properties[own] ? [{ path: [own], document: Properties[own] as PolicyText }] : []),
    ...inline.map(({ PolicyName, PolicyDocument }, index) => ({
      policyName: PolicyName,
      path: ['Policies', String(index), 'PolicyDocument'],
      document: PolicyDocument,
    })),
  ];
}

const attachedIn = ({ Properties = {} }: TemplateResource): unknown[] =>
  (Properties['ManagedPolicyArns'] ?? []) as unknown[];

/** A permission is a statement by itself: the whole resource goes. */
const permission = (logicalId: string, { Properties = {} }: TemplateResource): Grant => ({
  name: logicalId,
  text: textOf({ Effect: 'Allow', ...Properties }),
  counted: { policy: logicalId, index: 0 },
  without: (template) => ({
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources).filter(([id]) => id !== logicalId)),
  }),
});

function textOf({ Effect, Action, Principal }: Readonly<Record<string, unknown>>): string {
  const whom = Principal === undefined ? '' : ` to ${JSON.stringify(Principal)}`;
  return `${String(Effect)} ${[Action].flat().join(', ')}${whom}`;
}

/** A template with one member of one resource's properties changed. */
const changing =
  <Value>(logicalId: string, path: readonly string[], change: (value: Value) => unknown) =>
  (template: Template): Template => {
    const copy = structuredClone(template);
    const last = path.at(-1) ?? '';
    let holder = copy.Resources[logicalId]?.Properties as Record<string, unknown>;
    for (const step of path.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
    holder[last] = change(holder[last] as Value);
    return copy;
  };
