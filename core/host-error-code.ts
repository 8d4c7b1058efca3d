import type { Stop } from './target.ts';

/**
 * What CodeDeploy's `ErrorCode` says of a deployment to one host that did not succeed.
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html
 */
export function hostErrorCode(stop: Stop | undefined): 'AGENT_ISSUE' | 'TIMEOUT' | 'HEALTH_CONSTRAINTS' {
  switch (stop?.kind) {
    case 'HostAgentSilent':
      return 'AGENT_ISSUE';
    case 'DeadlineReached':
      return 'TIMEOUT';
    default:
      return 'HEALTH_CONSTRAINTS'; // its one host is fewer than the one that had to stay healthy
  }
}
