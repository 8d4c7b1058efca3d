import {
  LoadBalancerRefused,
  type TargetGroup,
  type TargetGroups,
} from '../../../adapters/load-balancing/target-groups.ts';
import type { Registration, RegistrationState, SeenRegistration } from '../../../core/traffic/registration.ts';

const WEB_TARGETS: TargetGroup = {
  targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web-targets/50dc6c495c0c9188',
  targetGroupName: 'web-targets',
  takesInstances: true,
  drainSeconds: 300,
  checkSeconds: 10,
};

/** A load balancer that answers when the test wants it to: nothing is drained or healthy by itself. */
export class MemoryTargetGroups implements TargetGroups {
  readonly known = new Map([[WEB_TARGETS.targetGroupName, WEB_TARGETS]]);
  /** By port; a registration without one is on 80. */
  readonly states = new Map<number, RegistrationState>();
  /** Calls that change something, in their order. */
  readonly calls: string[] = [];
  /** What it answers to a registration, if it refuses. */
  refusal: string | undefined;
  /** Runs before a change takes place, as a crash or another function would. */
  beforeChange: () => void = () => undefined;

  byName: TargetGroups['byName'] = (name) => Promise.resolve(this.known.get(name));

  registrationsOf: TargetGroups['registrationsOf'] = (_, { targetGroupArn, targetGroupName }) =>
    Promise.resolve([...this.states].map(([port, state]) => ({ targetGroupArn, targetGroupName, port, state })));

  look: TargetGroups['look'] = (_, registrations) => Promise.resolve(registrations.map((each) => this.#seen(each)));

  register: TargetGroups['register'] = (_, registrations) => {
    if (this.refusal !== undefined) return Promise.reject(new LoadBalancerRefused(this.refusal));
    return this.#change('register', registrations, 'initial');
  };

  deregister: TargetGroups['deregister'] = (_, registrations) => this.#change('deregister', registrations, 'draining');

  /** Time does its work: what drained is gone, what was checked is healthy. */
  answer(): void {
    for (const [port, state] of this.states) {
      if (state === 'draining') this.states.delete(port);
      else this.states.set(port, 'healthy');
    }
  }

  #change(verb: string, registrations: readonly Registration[], state: RegistrationState): Promise<void> {
    this.beforeChange();
    this.calls.push(`${verb} ${registrations.map(({ port = 80 }) => port).join(' ')}`);
    for (const { port = 80 } of registrations) this.states.set(port, state);
    return Promise.resolve();
  }

  #seen(registration: Registration): SeenRegistration {
    return { ...registration, state: this.states.get(registration.port ?? 80) ?? 'absent' };
  }
}
