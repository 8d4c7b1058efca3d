import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../rehearsal/command-line.ts';

describe('the command line of npm run up', () => {
  it('has defaults for everything', () => {
    expect(readCommandLine([])).toEqual({
      port: 4580,
      speed: 1,
      hosts: 'processes',
      disks: 'auto',
      throttles: 'none',
      agent: 'script',
      assembly: undefined,
    });
  });

  it('takes port, speed, hosts, disks, assembly and agents', () => {
    const argv = [
      '--port',
      '5000',
      '--speed=60',
      '--hosts',
      'simulated',
      '--disks',
      'overlay',
      '--throttles=aws',
      '--agent',
      'native',
      '--assembly',
      'cdk.out',
      '--aws-agent',
      '../agent',
    ];

    expect(readCommandLine(argv)).toEqual({
      port: 5000,
      speed: 60,
      hosts: 'simulated',
      disks: 'overlay',
      throttles: 'aws',
      agent: 'native',
      assembly: 'cdk.out',
      awsAgent: '../agent',
    });
  });

  it.each([
    [['--port', 'http'], '--port http is no port'],
    [['--port', '70000'], '--port 70000 is no port'],
    [['--speed', '0'], '--speed 0 is no speed'],
    [['--hosts', 'real'], '--hosts real is not known: give processes or simulated'],
    [['--disks', 'zfs'], '--disks zfs is not known: give auto, overlay, directory'],
    [['--agent', 'x86_64'], '--agent x86_64 is not known: give native or script'],
    [['--colour'], "Unknown option '--colour'"],
  ])('names what is wrong in %j', (argv, message) => {
    expect(() => readCommandLine(argv)).toThrow(message);
  });
});
