import type { Properties } from './resource-type.ts';
import type { Template } from './template.ts';

/** A resource of a stack as it stands now. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** Value of `Ref`. */
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Resolved, as the resource was last created or updated with. */
  readonly properties: Properties;
}

/** One line of a stack's history. The stack itself appears as a resource of type `AWS::CloudFormation::Stack`. */
export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly atMs: number;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A stack; its resources change while it is deployed, everything else when it was. */
export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly createdAtMs: number;
  updatedAtMs?: number;
  status: string;
  statusReason?: string;
  template: Template;
  parameters: Readonly<Record<string, string>>;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  /** Newest last. */
  readonly events: StackEvent[];
}
