import type { TargetRequest } from '../../core/target-request.ts';
import { connect } from './connect.ts';
import { watchHost } from './watch-host.ts';

const ports = connect(process.env); // once per cold start

/** One beat of the lane that runs beside the work. */
export const handler = ports.telemetry.around(({ request }: { readonly request: TargetRequest }) =>
  watchHost(request, ports),
);
