import { randomInt } from 'node:crypto';

const HOSTS_PER_NETWORK = 254;

/**
 * Addresses of 127.0.0.0/8 to try, one after the other. Each sequence begins in a network of its own, chosen at random,
 * so that rehearsals side by side rarely meet; who uses an address binds a port of it, and tries the next when it is taken.
 * 127.0.x.y is left out: the system's own services (a name server, the host's name) live there.
 */
export function* loopbackAddresses(firstNetwork = randomInt(256, 255 * 256)): Generator<string, never> {
  for (let network = firstNetwork; ; network = network + 1 < 255 * 256 ? network + 1 : 256) {
    for (let host = 1; host <= HOSTS_PER_NETWORK; host++) {
      yield `127.${network >> 8}.${network & 255}.${host}`;
    }
  }
}
