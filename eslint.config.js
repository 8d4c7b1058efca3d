import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', '.rehearsal', 'samples', 'coverage'] },
  ...tseslint.configs.strict,
  {
    rules: {
      // `${number}` in a message or a path is plain text, not a hidden conversion.
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['stories/**', 'bench/**', 'chaos/**', 'rehearsal/**', 'samples/**', 'agent/**', 'bin/**', 'cli/**'],
    rules: { 'no-console': 'off' },
  },
);
