import { describe, expect, it } from 'vitest';
import { AppSpecError, parseAppSpec } from '../../../core/app-spec/index.ts';

const withHead = (rest: string): string => `version: 0.0\nos: linux\n${rest}`;

function errorOf(text: string): AppSpecError {
  try {
    parseAppSpec(text);
  } catch (error) {
    if (error instanceof AppSpecError) return error;
    throw error;
  }
  throw new Error('the AppSpec was accepted');
}

describe('an AppSpec', () => {
  it('is read whole, with defaults filled in', () => {
    const spec = parseAppSpec(`version: 0.0
os: linux
files:
  - source: /
    destination: /opt/web-app
permissions:
  - object: /opt/web-app
    pattern: "*.sh"
    except: [keep.sh]
    type: [file]
    owner: deploy
    group: deploy
    mode: 755
hooks:
  ApplicationStart:
    - location: scripts/start.sh
      timeout: 30
      runas: deploy
  ValidateService:
    - location: /scripts/validate.sh
file_exists_behavior: OVERWRITE
`);

    expect(spec).toMatchObject({
      os: 'linux',
      files: [{ source: '/', destination: '/opt/web-app', line: 4 }],
      permissions: [
        { object: '/opt/web-app', pattern: '*.sh', except: ['keep.sh'], type: ['file'], owner: 'deploy', mode: '755' },
      ],
      fileExistsBehavior: 'OVERWRITE',
    });
    expect(spec.hooks.get('ApplicationStart')).toEqual([
      { location: 'scripts/start.sh', timeoutSeconds: 30, runas: 'deploy', sudo: false, line: 16, column: 7 },
    ]);
    expect(spec.hooks.get('ValidateService')).toMatchObject([{ timeoutSeconds: 3600 }]);
  });

  it('needs no section but version and os', () => {
    const spec = parseAppSpec(
      'version: 0\nos: linux\nfiles:\nhooks:\n  BeforeInstall:\n  AfterInstall: []\nlater: ignored',
    );

    expect(spec).toEqual({ os: 'linux', files: [], permissions: [], hooks: new Map([['AfterInstall', []]]) });
  });

  it('takes the last of two equal keys', () => {
    expect(
      parseAppSpec(withHead('file_exists_behavior: DISALLOW\nfile_exists_behavior: RETAIN')).fileExistsBehavior,
    ).toBe('RETAIN');
  });

  it.each([
    ['30', 30],
    ['"30"', 30],
    ['1.9', 1],
    ['"5m"', 5],
    ['7200', 7200],
  ])('reads timeout %s as %i seconds', (timeout, seconds) => {
    const spec = parseAppSpec(withHead(`hooks:\n  AfterInstall:\n    - location: a.sh\n      timeout: ${timeout}`));

    expect(spec.hooks.get('AfterInstall')?.[0]?.timeoutSeconds).toBe(seconds);
  });

  it.each([
    ['755', '755'],
    ['"0755"', '0755'],
    ['4755', '4755'],
    ['7', '007'],
    ['0644', '0644'],
    ['0755', '0755'],
  ])('keeps the digits of mode %s as written: %s', (mode, digits) => {
    expect(parseAppSpec(withHead(`permissions:\n  - object: /a\n    mode: ${mode}`)).permissions[0]?.mode).toBe(digits);
  });

  it.each([
    ['deploy:rwx', 'user:deploy:rwx'],
    ['u:deploy:5', 'user:deploy:r-x'],
    ['g:ops:r', 'group:ops:r--'],
    ['m:rw-', 'mask::rw-'],
    ['d:u:deploy:7', 'default:user:deploy:rwx'],
    ['default:other::0', 'default:other::---'],
  ])('reads the acl entry %s as %s', (entry, normalised) => {
    const [acl] =
      parseAppSpec(withHead(`permissions:\n  - object: /a\n    acls: ["${entry}"]`)).permissions[0]?.acls ?? [];

    expect(`${acl?.isDefault ? 'default:' : ''}${acl?.type}:${acl?.name}:${acl?.permissions}`).toBe(normalised);
  });

  it.each([
    ['s0', 's0'],
    ['s0-s3', 's0-s3'],
    ['s0-s0:c1,c2,c3,c7', 's0:c1.c3,c7'],
    ['s0:c0.c1023', 's0:c0.c1023'],
  ])('reads the range %s as %s', (range, normalised) => {
    const spec = parseAppSpec(withHead(`permissions:\n  - object: /a\n    context: {type: t, range: "${range}"}`));

    expect(spec.permissions[0]?.context).toEqual({ type: 't', range: normalised });
  });
});

describe('a faulty AppSpec', () => {
  const permission = (rest: string): string => withHead(`permissions:\n  - object: /a\n    ${rest}`);
  const hookScript = (rest: string): string => withHead(`hooks:\n  AfterInstall:\n    - ${rest}`);
  const aclProblem =
    'The deployment failed because of a problem with the acls permission settings in the application specification file.';

  it.each([
    ['', 1, /application specification file was empty\. Make sure/],
    ['# nothing but a remark\n', 1, /application specification file was empty/],
    ["version: '0.0'\nos: linux", 1, /an invalid version value \(0\.0\) was entered/],
    ['os: linux', 1, /an invalid version value \(\) was entered/],
    ['version: 1.0\nos: linux', 1, /an invalid version value \(1\.0\)/],
    ['version: 0.0\nos: windows', 2, /an unsupported operating system \(windows\)/],
    ['version: 0.0\nos: Linux', 2, /an unsupported operating system \(Linux\)/],
    [
      withHead('file_exists_behavior: overwrite'),
      3,
      /invalid file_exists_behavior value \(overwrite\).*DISALLOW,OVERWRITE,RETAIN/,
    ],
    [withHead('files:\n  - destination: /a'), 4, /specifies a destination file, but no source file/],
    [withHead('files:\n  - source: a.txt'), 4, /specifies only a source file \(a\.txt\)\. Add the name/],
    [
      withHead('permissions:\n  - mode: 755'),
      4,
      /a permission listed in the application specification file has no object value/,
    ],
    [
      permission('type: [file, link]'),
      5,
      /specification filespecifies a permission for an object type not supported for permissions \(link\)/,
    ],
    [permission('owner: 0'), 5, /the owner of a permission .* is a number \(0\)/],
    [
      permission('mode: 00755'),
      5,
      /the length of a permissions mode \(00755\) in the application specification file is invalid/,
    ],
    [permission('mode: 789'), 5, /permissions mode \(789\) .* contains an invalid character \(8\)/],
    [permission('acls: [a]'), 5, `${aclProblem} Invalid acl entry (a).`],
    [permission('acls: ["x:deploy:rwx"]'), 5, `${aclProblem} Invalid acl entry (x:deploy:rwx).`],
    [permission('acls: ["d:d:u:deploy:rwx"]'), 5, /Invalid acl entry \(d:d:u:deploy:rwx\)/],
    [permission('acls: ["mask:deploy:rwx"]'), 5, /Invalid acl entry \(mask:deploy:rwx\)/],
    [permission('acls: ["u::rwx"]'), 5, /Use mode to set the base acl entry \(u::rwx\)/],
    [permission('acls: ["u:deploy:rwz"]'), 5, /\(ACL\) named u:deploy:rwz .* contains an invalid character \(z\)/],
    [permission('context: {name: a}'), 5, /an invalid context type \(\{name: a\}\)/],
    [permission('context: {type: t, range: "s0:"}'), 5, /^invalid range part s0:$/],
    [permission('context: {type: t, range: x1}'), 5, /^invalid sensitivity x1$/],
    [permission('context: {type: t, range: "s0:c1024"}'), 5, /^invalid category c1024$/],
    [permission('context: {type: t, range: "s0:c5.c4"}'), 5, /^invalid category range c5\.c4$/],
    [permission('context: {type: t, range: "s0:c1.c4,c3"}'), 5, /^duplicate categories$/],
    [permission('context: {type: t, range: s2-s1}'), 5, /a problem with the SELinux range specified \(s2-s1\)/],
    [hookScript('timeout: 5'), 5, /specifies a script with no location value/],
    [hookScript('location: "  "'), 5, /specifies a script with no location value/],
    [hookScript('location: a.sh\n      timeout: 0'), 6, /an invalid timeout value was provided for a script/],
    [hookScript('location: a.sh\n      timeout: soon'), 6, /an invalid timeout value was provided/],
    [
      withHead('hooks:\n  AfterInstall: start.sh'),
      4,
      /the scripts of AfterInstall .* must be a list, but is "start.sh"/,
    ],
    [withHead('files:\n  source: /'), 4, /the files section .* must be a list, but is a map/],
    [withHead('files: &all\n  - *all'), 4, 'Unknown alias: all'],
    [withHead('files: [\nhooks: {}'), 4, /is not valid YAML/],
    [withHead(`deep: ${'['.repeat(200)}`), 3, /nested too deeply|not valid YAML/],
  ])('is refused with message and line: %j', (text, line, message) => {
    const error = errorOf(text);

    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ line, remedy: expect.stringMatching(/^[a-z]/) });
  });

  it('reports the first fault in the order of CodeDeploy: hooks before files before permissions', () => {
    const error = errorOf(withHead('permissions: [{}]\nfiles: [{}]\nhooks: {AfterInstall: [{}]}'));

    expect(error.message).toContain('a script with no location value');
  });

  it('describes itself in one line for a person', () => {
    expect(errorOf(withHead('file_exists_behavior: keep')).describe('appspec.yml')).toMatch(
      /and then try again\. \(appspec\.yml, line 3: use capital letters: DISALLOW, OVERWRITE or RETAIN\)$/,
    );
  });
});
