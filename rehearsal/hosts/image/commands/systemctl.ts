/** `systemctl` of the machine image: hands its command line to the machine's service manager. */
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { CONTROL_PORT } from '../../systemd/control-port.ts';
import type { SystemctlResult } from '../../systemd/systemctl.ts';

const { hostname } = new URL(process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? '');

// Not fetch: a service may take longer to start or stop than fetch waits for an answer.
request({ host: hostname, port: CONTROL_PORT, method: 'POST' }, (response) => {
  void json(response).then((answer) => {
    const { exitCode, output, errors } = answer as SystemctlResult;
    process.stdout.write(output);
    process.stderr.write(errors);
    process.exitCode = exitCode;
  });
}).end(JSON.stringify(process.argv.slice(2)));
