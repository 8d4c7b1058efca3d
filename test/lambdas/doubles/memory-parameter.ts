import type { SecretParameter } from '../../../adapters/parameter-store/secret-parameter.ts';

/** A parameter in memory. */
export class MemoryParameter implements SecretParameter {
  value: string | undefined;

  read: SecretParameter['read'] = () => Promise.resolve(this.value);

  create: SecretParameter['create'] = (value) => {
    if (this.value !== undefined) return Promise.resolve('exists');
    this.value = value;
    return Promise.resolve('created');
  };

  remove: SecretParameter['remove'] = () => {
    this.value = undefined;
    return Promise.resolve();
  };
}
