/** Version of the agent: the package's own. */
export const AGENT_VERSION = '0.1.0';
