import { BundleError } from '../../agent/bundle/bundle-error.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { readArguments } from '../read-arguments.ts';
import { checkRevision } from '../revision/check-revision.ts';
import { openRevision } from '../revision/open-revision.ts';
import type { RevisionFinding } from '../revision/revision-finding.ts';
import { aboutFile } from '../revision/revision-finding.ts';
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
    const isValid = !findings.some(({ severity }) => severity === 'error' || values.strict);

    if (values.json) terminal.print(JSON.stringify({ valid: isValid, findings }, undefined, 2));
    else tell(path, findings, isValid, terminal);
    return isValid ? EXIT.ok : EXIT.failed;
  },
};

async function findingsOf(path: string, appSpecFilename: string): Promise<RevisionFinding[]> {
  try {
    const revision = await openRevision(path);
    try {
      return await checkRevision(revision.directory, appSpecFilename);
    } finally {
      await revision.close();
    }
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    return [aboutFile(path, { severity: 'error', message: error.message, remedy: 'make the bundle anew' })];
  }
}

/** `appspec.yml:12:7: error: …`, as compilers do, so that editors can jump to the place. */
function tell(path: string, findings: readonly RevisionFinding[], isValid: boolean, terminal: Terminal): void {
  for (const { severity, file, line, column, message, remedy } of findings) {
    const place = [file, line, column].filter((part) => part !== null).join(':');
    const kind = terminal.style(severity === 'error' ? 'red' : 'yellow', severity);
    terminal.print(`${terminal.style('bold', place)}: ${kind}: ${message}`);
    terminal.print(`    ${remedy}`);
  }
  const counted = (['error', 'warning'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  terminal.print(
    `${path} is ${isValid ? 'valid' : 'not valid'}${counted.length === 0 ? '' : `: ${counted.join(', ')}`}`,
  );
}
