import type { Construct } from 'constructs';
import { ARCHITECTURES, nativeArchitecture } from '../bundling/node-binary.ts';
import type { Architecture } from '../bundling/node-binary.ts';

/** In which form the agent is published. */
export type AgentForm =
  /** An executable that brings its Node, compressed for the way over a network. */
  | 'compressed'
  /** The same, not compressed, as it travels nowhere. */
  | 'executable'
  /** The same bundle without its Node: it borrows the one of the machine that made it. */
  | 'script';

/** One build of the agent to publish. */
export interface AgentBuild {
  readonly architecture: Architecture;
  readonly form: AgentForm;
}

const SETTING = 'agentArchitectures';

/** Forms for a rehearsal, whose hosts are processes of this machine. */
const REHEARSED: ReadonlyMap<string, AgentForm> = new Map([
  ['native', 'executable'],
  ['script', 'script'],
]);

/**
 * For which processors the agent is published, and in which form, by the context setting `agentArchitectures`:
 *
 * - `x86_64,arm64` (the default), or one of them;
 * - nothing, for fleets whose images bring an agent along, or whose hosts are only simulated;
 * - `native`, for a rehearsal: this machine's own, made without a network, and not compressed;
 * - `script`, for a rehearsal of many hosts: **not what ships**, but its bundle without its Node. All hosts run the Node
 *   that ran the synthesis and share its memory; each downloads half a megabyte instead of a hundred.
 *
 * The last two publish nothing on a system other than Linux, where no host could run it.
 *
 * @throws Error naming a value that is none of these
 */
export function agentBuilds({ node }: Construct): readonly AgentBuild[] {
  const setting = String(node.tryGetContext(SETTING) ?? ARCHITECTURES.join());
  const rehearsed = REHEARSED.get(setting);
  if (rehearsed) {
    const architecture = nativeArchitecture();
    return architecture ? [{ architecture, form: rehearsed }] : [];
  }
  const names = setting.split(',').filter((name) => name !== '');
  return [...new Set(names)].map((name) => ({ architecture: architectureNamed(name), form: 'compressed' }));
}

function architectureNamed(name: string): Architecture {
  const architecture = ARCHITECTURES.find((known) => known === name);
  if (architecture) return architecture;
  throw new Error(
    `The agent cannot be made for “${name}”: the context setting ${SETTING} is ${ARCHITECTURES.join(',')}, one of them, native, script, or empty.`,
  );
}
