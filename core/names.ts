/** Names that templates, functions and users must spell alike. */

/** The lifecycle hook that holds a launching instance for its launch deployment; one per Auto Scaling group. */
export const LAUNCH_HOOK_NAME = 'slipway-launch';

/** The lifecycle hook that holds a leaving instance for its termination deployment; one per Auto Scaling group. */
export const TERMINATION_HOOK_NAME = 'slipway-termination';

/**
 * Pause between two heartbeats. A hook's heartbeat timeout must be well above it:
 * 900 s tolerates two lost beats.
 */
export const HEARTBEAT_INTERVAL_SECONDS = 300;

/** The SSM parameter with the keys of the installation; one engine per account and Region, hence one name. */
export const KEYS_PARAMETER_NAME = '/slipway/keys';

/** The SSM parameter by which clients find the API's function URL. */
export const API_URL_PARAMETER_NAME = '/slipway/api-url';

/** A deployment group, by the two names that identify it in an account and Region. */
export interface DeploymentGroupName {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
}

/**
 * The log group that a deployment group's hook scripts are copied to, `/slipway/hook-scripts/web/web-fleet`, unless the
 * group's declaration chooses another. Log groups know fewer characters than deployment groups do, and take `#`, which
 * those do not: two names never become one.
 */
export function hookLogGroupName(name: DeploymentGroupName): string {
  return hookLogGroupFrom(HOOK_LOG_GROUPS, name);
}

/** The log groups of all deployment groups, as the agent of a host is told that several of them deploy to. */
export const HOOK_LOG_GROUPS = '/slipway/hook-scripts/{application}/{deployment_group}';

/** The log group that such a text means for one of them; one without braces is a log group for all. */
export function hookLogGroupFrom(text: string, { applicationName, deploymentGroupName }: DeploymentGroupName): string {
  return text
    .replaceAll('{application}', spelledForLogs(applicationName))
    .replaceAll('{deployment_group}', spelledForLogs(deploymentGroupName));
}

function spelledForLogs(name: string): string {
  return name.replace(/[^\w.-]/g, (character) => `#${character.charCodeAt(0).toString(16)}`);
}

/** For whoever gives a name that is none. */
export const NAME_RULE = '1 to 100 letters, digits, or any of . _ + = , @ -';

/**
 * Whether an application or a deployment group may be called so, which is CodeDeploy's own rule. Hook metadata takes
 * ASCII only, and a slash would part the names in `<application>/<deployment group>` at the wrong place.
 */
export function isName(text: string): boolean {
  return /^[\w.+=,@-]{1,100}$/.test(text);
}

/** What a lifecycle hook of ours says about itself in every message it sends. */
export interface HookMetadata {
  /** The deployment groups that deploy to the hook's Auto Scaling group, in the order they deploy. */
  readonly deploymentGroups: readonly DeploymentGroupName[];
  /** The hook's heartbeat timeout: messages do not carry it, and the deadline of an action follows from it. */
  readonly heartbeatTimeoutSeconds?: number;
}

/** A hook's metadata carries our mark, yet cannot be read: mend the hook's `NotificationMetadata`. */
export class MalformedHookMetadata extends Error {
  override readonly name = 'MalformedHookMetadata';
}

const LONGEST_METADATA = 4000; // characters, a limit of PutLifecycleHook

/**
 * A hook's `NotificationMetadata`.
 * @throws MalformedHookMetadata when the names are too many for one hook
 */
export function encodeHookMetadata(metadata: HookMetadata): string {
  const encoded = JSON.stringify({ slipway: metadata });
  if (encoded.length > LONGEST_METADATA) {
    throw new MalformedHookMetadata(
      `${metadata.deploymentGroups.length} deployment groups take ${encoded.length} characters of notification metadata; ` +
        `a lifecycle hook holds ${LONGEST_METADATA}: use fewer groups or shorter names`,
    );
  }
  return encoded;
}

/**
 * Reads a hook's `NotificationMetadata`.
 * @returns undefined for a foreign hook, one whose metadata is not ours
 * @throws MalformedHookMetadata when it has our mark but not our form
 */
export function decodeHookMetadata(text: string | undefined): HookMetadata | undefined {
  const mark = markedAsOurs(text);
  if (mark === undefined) return undefined;
  if (!isHookMetadata(mark)) {
    throw new MalformedHookMetadata(
      'The hook’s notification metadata must be {"slipway":{"deploymentGroups":[{"applicationName":…,"deploymentGroupName":…}]}}',
    );
  }
  return {
    deploymentGroups: mark.deploymentGroups.map(({ applicationName, deploymentGroupName }) => ({
      applicationName,
      deploymentGroupName,
    })),
    ...(mark.heartbeatTimeoutSeconds !== undefined && { heartbeatTimeoutSeconds: mark.heartbeatTimeoutSeconds }),
  };
}

function markedAsOurs(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'slipway' in parsed ? parsed.slipway : undefined;
  } catch {
    return undefined; // free text is somebody else's
  }
}

function isHookMetadata(value: unknown): value is HookMetadata {
  if (typeof value !== 'object' || value === null) return false;
  const { deploymentGroups, heartbeatTimeoutSeconds } = value as Partial<Record<keyof HookMetadata, unknown>>;
  return (
    Array.isArray(deploymentGroups) &&
    deploymentGroups.length > 0 &&
    deploymentGroups.every(isDeploymentGroupName) &&
    (heartbeatTimeoutSeconds === undefined || typeof heartbeatTimeoutSeconds === 'number')
  );
}

function isDeploymentGroupName(value: unknown): value is DeploymentGroupName {
  if (typeof value !== 'object' || value === null) return false;
  const { applicationName, deploymentGroupName } = value as Partial<Record<keyof DeploymentGroupName, unknown>>;
  return typeof applicationName === 'string' && typeof deploymentGroupName === 'string';
}
