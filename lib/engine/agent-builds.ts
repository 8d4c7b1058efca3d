import type { Construct } from 'constructs';
import { ARCHITECTURES, nativeArchitecture } from '../bundling/node-binary.ts';
import type { Architecture } from '../bundling/node-binary.ts';

/** One executable of the agent to publish. */
export interface AgentBuild {
  readonly architecture: Architecture;
  readonly compressed: boolean;
}

const SETTING = 'agentArchitectures';

/**
 * For which processors the agent is published, by the context setting `agentArchitectures`:
 *
 * - `x86_64,arm64` (the default), or one of them;
 * - nothing, for fleets whose images bring an agent along, or whose hosts are only simulated;
 * - `native`, for a rehearsal: this machine's own, made without a network, and not compressed, as it travels nowhere.
 *   Nothing on a system other than Linux, where no host could run it.
 *
 * @throws Error naming a value that is none of these
 */
export function agentBuilds({ node }: Construct): readonly AgentBuild[] {
  const setting = String(node.tryGetContext(SETTING) ?? ARCHITECTURES.join());
  if (setting === 'native') {
    const architecture = nativeArchitecture();
    return architecture ? [{ architecture, compressed: false }] : [];
  }
  const names = setting.split(',').filter((name) => name !== '');
  return [...new Set(names)].map((name) => ({ architecture: architectureNamed(name), compressed: true }));
}

function architectureNamed(name: string): Architecture {
  const architecture = ARCHITECTURES.find((known) => known === name);
  if (architecture) return architecture;
  throw new Error(
    `The agent cannot be made for “${name}”: the context setting ${SETTING} is ${ARCHITECTURES.join(',')}, one of them, native, or empty.`,
  );
}
