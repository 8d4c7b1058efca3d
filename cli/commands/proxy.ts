import { once } from 'node:events';
import { send } from '../../agent/http/send.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { findApiUrl } from '../connection/connect.ts';
import { explained } from '../connection/explain.ts';
import { CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection/options.ts';
import { signer } from '../connection/signer.ts';
import { startProxy } from '../proxy/start-proxy.ts';
import { readArguments } from '../read-arguments.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

const USAGE = `Usage: slipway proxy [options]

Lets unmodified clients of CodeDeploy use a Slipway engine: the AWS CLI, SDKs,
pipelines. They sign for CodeDeploy, with whatever credentials; the proxy signs
again, with yours, and passes their requests on to the engine's function URL. It
listens on 127.0.0.1 and refuses browsers; whoever can run programs on this machine
can use it.

      --port N             (default a free one)
      --verbose            a line for each request
${CONNECTION_USAGE}

Exit codes: 0 ended by Ctrl-C, 1 it does not start, 2 the command line is wrong`;

/** `slipway proxy`: CodeDeploy's address on this machine. */
export const proxy: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      ...CONNECTION_OPTIONS,
      port: { type: 'string', default: '0' },
      verbose: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')} is too much`);
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`--port ${values.port} is no port`);

    const { interrupt, release } = stopOnSignals();
    try {
      const destination = await explained(async () => ({
        ...(await signer(values, process.env)),
        url: await findApiUrl(values, process.env),
        send,
      }));
      const running = await startProxy(destination, port, (operation, status) => {
        if (values.verbose) terminal.note(`${operation}  ${status}`);
      });
      terminal.print(`export AWS_ENDPOINT_URL_CODEDEPLOY=http://127.0.0.1:${running.port}`);
      terminal.note(`Requests go to ${destination.url.href} until Ctrl-C.`);
      if (!interrupt.aborted) await once(interrupt, 'abort');
      await running.stop();
      return EXIT.ok;
    } finally {
      release();
    }
  },
};
