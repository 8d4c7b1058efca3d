/** A Task's Resource, taken apart. */
export type Resource =
  | { readonly kind: 'function'; readonly functionArn: string }
  | {
      readonly kind: 'optimized' | 'aws-sdk';
      readonly service: string;
      readonly action: string;
      /** As written after the action: `.waitForTaskToken`, `.sync`, `.sync:2`, or nothing. */
      readonly suffix: string;
    };

const FUNCTION = /^arn:[^:]+:lambda:[^:]+:\d+:function:.+$/;
const SERVICE =
  /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?([a-z0-9]+):([A-Za-z0-9]+)(\.waitForTaskToken|\.sync:2|\.sync)?$/;

/**
 * `arn:aws:states:::lambda:invoke.waitForTaskToken`, `arn:aws:states:::aws-sdk:autoscaling:completeLifecycleAction`,
 * or the ARN of a function. Undefined for anything else.
 */
export function parseResource(arn: string): Resource | undefined {
  if (FUNCTION.test(arn)) return { kind: 'function', functionArn: arn };
  const [, sdk, service, action, suffix] = SERVICE.exec(arn) ?? [];
  if (service === undefined || action === undefined) return undefined;
  return { kind: sdk ? 'aws-sdk' : 'optimized', service, action, suffix: suffix ?? '' };
}
