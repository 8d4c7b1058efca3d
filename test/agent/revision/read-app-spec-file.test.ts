import { beforeEach, describe, expect, it } from 'vitest';
import { findAppSpecFile, readAppSpecFile } from '../../../agent/revision/read-app-spec-file.ts';
import { writeTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

let archive: string;

beforeEach(() => {
  archive = temporaryDirectory();
});

describe('the AppSpec of an unpacked revision', () => {
  it.each([
    ['the file that the deployment names', 'deploy/web.yml', 'deploy/web.yml'],
    ['appspec.yaml before appspec.yml, where that is missing', 'deploy/none.yml', 'appspec.yaml'],
    ['appspec.yml by its own name, although there is an appspec.yaml', 'appspec.yml', 'appspec.yml'],
  ])('is %s', async (_which, name, path) => {
    writeTree(archive, {
      'deploy/web.yml': 'version: 0.0',
      'appspec.yaml': 'version: 0.0',
      'appspec.yml': 'version: 0.0',
    });

    expect((await findAppSpecFile(archive, name)).path).toBe(path);
  });

  it('is appspec.yml where there is nothing else, and no directory of such a name', async () => {
    writeTree(archive, { 'appspec.yaml': null, 'appspec.yml': 'version: 0.0' });

    expect((await findAppSpecFile(archive, 'web.yml')).path).toBe('appspec.yml');
  });

  it('is missed in the words of AWS’s agent', async () => {
    await expect(readAppSpecFile(archive, 'deploy/web.yml')).rejects.toThrow(
      `The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "deploy/web.yml". The revision was unpacked to directory "${archive}", and the AppSpec file was expected but not found at path "${archive}/deploy/web.yml". Consult the AWS CodeDeploy Appspec documentation for more information at http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html`,
    );
  });

  it('may not lie outside, and may not be of a size that no AppSpec has', async () => {
    writeTree(archive, { 'appspec.yml': '#'.repeat(1024 * 1024 + 1) });

    await expect(readAppSpecFile(archive, 'a/../../appspec.yml')).rejects.toThrow(/lies outside the revision$/);
    await expect(readAppSpecFile(archive, 'appspec.yml')).rejects.toThrow(/is larger than 1048576 bytes$/);
  });
});
