import { Layout } from '../../agent/state/layout.ts';
import { AGENT_VERSION } from '../../agent/version.ts';
import type { Command, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { printJson, printOutcome } from '../local/conclude.ts';
import { equip } from '../local/equip.ts';
import { eventsToRun } from '../local/events.ts';
import { localHost } from '../local/host.ts';
import { LocalError } from '../local/local-error.ts';
import { localSpecification } from '../local/local-specification.ts';
import { narrator } from '../local/narrator.ts';
import type { LocalCommandLine } from '../local/read-options.ts';
import { readLocalOptions, USAGE } from '../local/read-options.ts';
import { runDeployment } from '../local/run-deployment.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import type { Terminal } from '../terminal.ts';

/** `slipway local`: a revision's lifecycle events on this machine, by the host agent's own code. */
export const local: Command = {
  usage: USAGE,
  async run(args, terminal) {
    try {
      const options = readLocalOptions(args);
      if (options !== 'version') return await deploy(options, terminal);
      terminal.print(`slipway ${AGENT_VERSION}`);
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      terminal.note(`ERROR: ${error.message}`);
      return EXIT.failed;
    }
  },
};

async function deploy(options: LocalCommandLine, terminal: Terminal): Promise<ExitCode> {
  const events = eventsToRun(options.events);
  const specification = localSpecification(options);
  const { deploymentId, revision } = specification;
  const host = localHost(options, process.env);
  const layout = new Layout(host.root, host.config.ongoingDeploymentTracking);
  const directory = layout.deployment(specification);
  const live = options.json ? asNotes(terminal) : terminal;
  const signals = stopOnSignals();
  try {
    live.print(`Starting to execute deployment from within folder ${directory}`);
    live.print(`See the deployment log at ${layout.scriptsLog(specification)} for more details`);
    const equipment = await equip(host, layout, revision, { terminal, signal: signals.interrupt });
    const reports = await runDeployment(events, specification, equipment, narrator(live));
    const conclude = options.json ? printJson : printOutcome;
    return conclude(reports, { deploymentId, directory, archive: layout.archive(specification) }, terminal);
  } finally {
    signals.release();
  }
}

/** With `--json` standard output is for the outcome alone. */
function asNotes(terminal: Terminal): Terminal {
  return { ...terminal, print: terminal.note, style: (_style, text) => text };
}
