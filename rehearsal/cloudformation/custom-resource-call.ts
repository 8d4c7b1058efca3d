/** What a custom resource's function is asked. */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ServiceToken: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
  readonly PhysicalResourceId?: string;
}

/** What it answers by PUT to its `ResponseURL`. */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** CloudFormation hands every scalar to a custom resource as text: `true` becomes `"true"`, `5` becomes `"5"`. */
export function asCustomResourceProperties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asCustomResourceProperties);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, asCustomResourceProperties(member)]),
    );
  }
  return String(value);
}
