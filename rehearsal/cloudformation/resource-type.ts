import type { PropertyTable } from './property-table.ts';

/** Where a resource stands while it is provisioned. */
export interface ResourceContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  /** What the template notes about the resource, as it is written there. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** A physical name as CloudFormation makes them: `<stack>-<logical id>-<12 random characters>`, cut to `maxLength`. */
  generateName(maxLength?: number): string;
}

/** What provisioning leaves: the `Ref` value and the attributes `Fn::GetAtt` may ask for. */
export interface ProvisionedResource {
  readonly physicalId: string;
  /** Value of `Ref`. @default the physical id */
  readonly ref?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Properties with every intrinsic function resolved. */
export type Properties = Readonly<Record<string, unknown>>;

/** How one CloudFormation resource type comes to life here. */
export interface ResourceType {
  /** What becomes of which property; missing where all of them go to whoever plays the resource, as with custom ones. */
  readonly properties?: PropertyTable;
  create(properties: Properties, context: ResourceContext): Promise<ProvisionedResource>;
  /** Without it, a changed property is an error that names the type: a silent no-update would lie. */
  update?(
    physicalId: string,
    properties: Properties,
    previous: Properties,
    context: ResourceContext,
  ): Promise<ProvisionedResource>;
  delete?(physicalId: string, properties: Properties, context: ResourceContext): Promise<void>;
}

/** By CloudFormation type name, `AWS::SQS::Queue`. */
export type ResourceTypes = Readonly<Record<string, ResourceType>>;
