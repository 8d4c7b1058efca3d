import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { downloadBundle } from '../../../agent/bundle/download-bundle.ts';
import { bundleOf } from '../support/bundles.ts';
import { aSpecification, anEquipment } from '../support/equipment.ts';
import { readTree, writeTree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

let equipment: ReturnType<typeof anEquipment>;

beforeEach(() => {
  equipment = anEquipment();
});

const inGroup = (path: string): string => join(equipment.layout.deploymentGroup('group'), path);

async function download(deploymentId: string, location: string, bundleType: 'zip' | 'directory' = 'zip') {
  const specification = aSpecification({ deploymentId, revision: { type: 'Local', location, bundleType } });
  await downloadBundle(specification, equipment.sources, equipment);
  return specification;
}

describe('DownloadBundle', () => {
  it('leaves the unpacked revision and its pointer, and no bundle; whether it has an AppSpec matters later', async () => {
    const bundle = await bundleOf('zip', { 'index.html': 'hi', 'sub/page.html': 'there' });

    const specification = await download('d-1', bundle);

    expect(readTree(inGroup('d-1'))).toEqual({
      'deployment-archive/index.html': 'hi',
      'deployment-archive/sub/page.html': 'there',
    });
    expect(readFileSync(equipment.layout.mostRecentInstall('group'), 'utf8')).toBe(inGroup('d-1'));
    expect(existsSync(equipment.layout.lastSuccessfulInstall('group'))).toBe(false);
    expect(existsSync(equipment.layout.bundle(specification))).toBe(false);
    expect(existsSync(bundle)).toBe(true);
  });

  it('leaves no bundle of a revision that it cannot unpack, and the pointer where it was', async () => {
    const directory = temporaryDirectory();
    writeTree(directory, { 'bundle.zip': 'no zip' });
    await download('d-1', await bundleOf('zip', { 'index.html': 'hi' }));

    await expect(download('d-2', join(directory, 'bundle.zip'))).rejects.toThrow(/^Error extracting zip archive/);

    expect(readdirSync(inGroup('d-2'))).toEqual([]);
    expect(readFileSync(equipment.layout.mostRecentInstall('group'), 'utf8')).toBe(inGroup('d-1'));
  });

  it('takes a directory as it is, again and again', async () => {
    const directory = temporaryDirectory();
    writeTree(directory, { 'appspec.yml': 'version: 0.0', 'a/b': 'b' });

    await download('d-1', directory, 'directory');
    await download('d-1', directory, 'directory');

    expect(readTree(inGroup('d-1/deployment-archive'))).toEqual({ 'appspec.yml': 'version: 0.0', 'a/b': 'b' });
  });

  it('removes the oldest revisions that are too many, never the installed one, and none of another group', async () => {
    const bundle = await bundleOf('zip', { 'index.html': 'hi' });
    for (const [age, id] of ['d-INSTALLED', 'd-2', 'd-3', 'd-4'].entries()) {
      const specification = await download(id, bundle);
      utimesSync(inGroup(id), 1_000_000 + age, 1_000_000 + age);
      if (id === 'd-INSTALLED') await equipment.pointers.pointToInstallation(specification);
    }
    writeTree(equipment.layout.deploymentGroup('other-group'), { 'd-9/deployment-archive/old': '' });

    equipment = { ...equipment, maxRevisions: 3 };
    await download('d-5', bundle);

    expect(readdirSync(inGroup('.')).sort()).toEqual(['d-4', 'd-5', 'd-INSTALLED']);
    expect(readdirSync(equipment.layout.deploymentGroup('other-group'))).toEqual(['d-9']);
  });
});
