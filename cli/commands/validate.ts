import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { readArguments } from '../read-arguments.ts';
import { findingsOf } from '../revision/findings-of.ts';
import type { RevisionFinding } from '../revision/revision-finding.ts';
import { isValid, tellFindings } from '../revision/tell-findings.ts';
import type { Terminal } from '../terminal.ts';

const USAGE = `Usage: slipway validate DIRECTORY|BUNDLE [options]

Checks a revision as the host agent would, before it is uploaded: its AppSpec,
the files it installs, its permissions and its hook scripts. Tells everything it
finds, each with file, line and remedy. A bundle is a .zip, .tar, .tgz or .tar.gz.

An error would fail on the host. A warning would run, but not as the AppSpec
seems to say, or not under AWS's agent.

  -A, --appspec-filename NAME  the AppSpec inside the revision (default appspec.yml,
                               then appspec.yaml)
      --strict                 take warnings for errors
      --json                   print {"valid": …, "findings": […]}

Exit codes: 0 valid, 1 not valid, 2 the command line is wrong`;

/** `slipway validate`: everything that is wrong with a revision, before it is uploaded. */
export const validate: Command = {
  usage: USAGE,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, {
      'appspec-filename': { type: 'string', short: 'A', default: 'appspec.yml' },
      strict: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new UsageError('name one directory or bundle');

    const findings = await findingsOf(path, values['appspec-filename']);
    const isFine = isValid(findings, values.strict);

    if (values.json) terminal.print(JSON.stringify({ valid: isFine, findings }, undefined, 2));
    else tell(path, findings, isFine, terminal);
    return isFine ? EXIT.ok : EXIT.failed;
  },
};

function tell(path: string, findings: readonly RevisionFinding[], isFine: boolean, terminal: Terminal): void {
  tellFindings(findings, terminal);
  const counted = (['error', 'warning'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  terminal.print(
    `${path} is ${isFine ? 'valid' : 'not valid'}${counted.length === 0 ? '' : `: ${counted.join(', ')}`}`,
  );
}
