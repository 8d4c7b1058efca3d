/** A thing that may have tags, by its ARN. */
export type TaggedResource =
  | { readonly kind: 'application'; readonly applicationName: string }
  | { readonly kind: 'deploymentGroup'; readonly applicationName: string; readonly deploymentGroupName: string }
  | { readonly kind: 'deploymentConfig'; readonly deploymentConfigName: string };

/**
 * Reads an ARN: `arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:web/web-fleet`.
 * @returns `malformed` for what is no ARN, `not taggable` for one of anything else
 */
export function parseResourceArn(arn: string): TaggedResource | 'malformed' | 'not taggable' {
  const [, service, resource] = /^arn:[^:\s]+:([^:\s]+):[^:\s]*:\d*:(\S+)$/.exec(arn) ?? [];
  if (service === undefined || resource === undefined) return 'malformed';
  const [, kind, name] = /^(application|deploymentgroup|deploymentconfig):(.+)$/.exec(resource) ?? [];
  if (service !== 'codedeploy' || name === undefined) return 'not taggable';
  if (kind === 'application') return { kind, applicationName: name };
  if (kind === 'deploymentconfig') return { kind: 'deploymentConfig', deploymentConfigName: name };
  const [applicationName, deploymentGroupName, ...more] = name.split('/');
  if (!applicationName || !deploymentGroupName || more.length > 0) return 'malformed';
  return { kind: 'deploymentGroup', applicationName, deploymentGroupName };
}
