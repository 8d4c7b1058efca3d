/** The rooms of the house and who may enter them: see docs/architecture.md. */
const room = (name, mayImport, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${name}/` },
  to: {
    path: '^(bin|lib|core|adapters|lambdas|api|agent|rehearsal|stories|bench|chaos|cli|samples|test)/',
    pathNot: `^(${[name, ...mayImport].join('|')})/`,
  },
});

module.exports = {
  forbidden: [
    room('core', [], 'The deployment model imports nothing but itself.'),
    room('adapters', ['core'], 'An adapter speaks the words of the domain to one outside service.'),
    room('lambdas', ['core', 'adapters', 'api'], 'A function connects the core with adapters.'),
    room('agent', ['core'], 'The host agent is a program of its own.'),
    room('api', ['core', 'adapters'], 'An operation of the API speaks to ports.'),
    room(
      'cli',
      ['core', 'agent'],
      'The command line runs the agent’s own checks, and is else a user of public SDK clients.',
    ),
    room('rehearsal', [], 'The rehearsal sees only the synthesized assembly, as AWS would.'),
    room('lib', ['core'], 'Constructs import names and types, never handlers.'),
    room('bin', ['lib', 'core'], 'The app composes stacks.'),
    room('stories', ['core', 'rehearsal'], 'A story is a user: public SDK clients against a rehearsal.'),
    room('bench', ['core', 'rehearsal', 'stories'], 'A benchmark drives a rehearsal from outside.'),
    room(
      'chaos',
      ['core', 'adapters', 'lambdas', 'api', 'lib/machines', 'rehearsal', 'test/adapters/table/memory'],
      'Chaos puts the engine into one process with the cloud of a rehearsal; nobody imports it.',
    ),
    {
      name: 'core-is-pure',
      comment: 'No I/O, no SDK, no clock of its own in the core.',
      severity: 'error',
      from: { path: '^core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev'],
        pathNot: ['node_modules/(yaml|zod)/', '^(node:)?(crypto|path)$'],
      },
    },
    {
      name: 'sdk-clients-behind-adapters',
      comment:
        'Only adapters, a function’s connect.ts, the agent, the rehearsal and the users of a rehearsal load an SDK client.',
      severity: 'error',
      from: { path: '^(core|lib|lambdas|bin)/', pathNot: '/connect\\.ts$' },
      to: { path: 'node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'policy-engine-in-rehearsals-only',
      comment: 'Its licence does not go with what ships: docs/decisions/0012-policy-engine.md.',
      severity: 'error',
      from: { pathNot: '^rehearsal/permissions/' },
      to: { path: 'node_modules/@cloud-copilot/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|node_modules/\\.cache)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
