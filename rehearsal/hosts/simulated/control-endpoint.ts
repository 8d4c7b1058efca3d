/**
 * The command service that user data configures an agent for: the first URL on a line with the agent's configuration key.
 *
 * printf 'deploy_control_endpoint: http://127.0.0.1:4580/_/url/abc/\n' > "${DESTDIR:-}/etc/slipway/agent.yml"
 */
export function findControlEndpoint(userData: string): string | undefined {
  const lines = userData.split('\n').filter((line) => line.includes('deploy_control_endpoint'));
  return lines.map((line) => /https?:\/\/[^\s'"\\]+/.exec(line)?.[0]).find((url) => url !== undefined);
}
